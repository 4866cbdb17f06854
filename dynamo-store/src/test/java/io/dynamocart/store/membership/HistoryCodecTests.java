package io.dynamocart.store.membership;

import static io.dynamocart.store.membership.Town.member;
import static io.dynamocart.store.membership.Town.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.Damage;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.simulation.Property;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The written form of a history: whole, versioned, and never trusted. */
@Execution(ExecutionMode.CONCURRENT)
class HistoryCodecTests {

    @Test
    void whatIsWrittenIsRead() {
        Property.holds(100, random -> {
            RandomTown town = new RandomTown(random, _ -> {});
            town.live((int) random.between(20, 200));
            for (MembershipHistory history : town.histories()) {
                MembershipHistory read = read(bytes(history));

                assertThat(read).isEqualTo(history);
                assertThat(read.ring()).isEqualTo(history.ring());
                assertThat(bytes(read)).isEqualTo(bytes(history));
            }
        });
    }

    @Test
    void everyKindOfChangeAndPartitioningIsRead() {
        for (Partitioning partitioning : List.of(
                new Partitioning.RandomTokens(4, 7),
                new Partitioning.RandomTokensEqualPartitions(32, 4, 7),
                new Partitioning.EqualShares(32))) {
            Town town = Town.founded(new Founding(partitioning, 2, Town.members("abcdefg")));
            town.propose(
                    "a",
                    new Change.Join(member("x")),
                    new Change.Leave(node("b")),
                    new Change.Replace(node("c"), member("y")),
                    new Change.ForceRemove(node("d")),
                    new Change.Alter(new Member(new NodeId("e"), "new", "zone-2", 2, 1)));

            assertThat(read(bytes(town.at("a")))).isEqualTo(town.at("a"));
            town.carryOut("abcefgxy");
            assertThat(town.at("a").progress()).isEmpty();
            assertThat(read(bytes(town.at("a")))).isEqualTo(town.at("a"));
        }
    }

    @Test
    void nothingKnownIsWrittenToo() {
        assertThat(read(bytes(MembershipHistory.empty()))).isEqualTo(MembershipHistory.empty());
    }

    @Test
    void aFormatOfTheFutureIsRefused() {
        byte[] future = bytes(MembershipHistory.empty());
        future[0] = 4;

        assertThatThrownBy(() -> read(future))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("format 4");
    }

    /** A release that knows of no caretakers reads all others. */
    @Test
    void onlyAHistoryWithCaretakersIsWrittenInTheNewerFormat() {
        Town town = Town.founded(new Founding(16, 2, Town.members("abc")));
        town.propose("a", new Change.Replace(node("b"), member("x")), new Change.Join(member("y")));
        town.gossip("abcy");
        assertThat(bytes(town.at("a"))[0]).isEqualTo((byte) 2);

        town.write(node("a"), town.at("a").forceRemove(node("a"), node("x")));
        town.carryOut("abcy");
        assertThat(town.at("a").progress()).isEmpty();
        assertThat(town.at("a").isMember(node("b"))).isTrue();
        assertThat(bytes(town.at("a"))[0]).isEqualTo((byte) 3);
        assertThat(read(bytes(town.at("a")))).isEqualTo(town.at("a"));
        assertThat(read(bytes(town.at("a"))).ring()).isEqualTo(town.at("a").ring());
    }

    @Test
    void aPartOfAHistoryIsNone() {
        Property.holds(20, random -> {
            RandomTown town = new RandomTown(random, _ -> {});
            town.live(100);
            byte[] whole = bytes(random.pick(town.histories()));
            for (int length = 0; length < whole.length; length++) {
                assertThat(Damage.read(Arrays.copyOf(whole, length), HistoryCodecTests::read))
                        .isEmpty();
            }
        });
    }

    @Test
    void damagedBytesAreNoHistoryOrOneThatIsAsGoodAsAnyOther() {
        Property.holds(60, random -> {
            RandomTown town = new RandomTown(random, _ -> {});
            town.live(100);
            List<MembershipHistory> histories = town.histories();
            for (int i = 0; i < 250; i++) {
                byte[] damaged = Damage.any(bytes(random.pick(histories)), random);
                Damage.read(damaged, HistoryCodecTests::read).ifPresent(history -> {
                    assertThat(history.merge(history)).isEqualTo(history);
                    assertThat(history.ring().isPresent())
                            .isEqualTo(history.founding().isPresent());
                    assertThat(read(bytes(history))).isEqualTo(history);
                });
            }
        });
    }

    private static byte[] bytes(MembershipHistory history) {
        ByteWriter out = new ByteWriter();
        history.writeTo(out);
        return out.toByteArray();
    }

    private static MembershipHistory read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        MembershipHistory history = MembershipHistory.readFrom(in);
        in.expectEnd();
        return history;
    }
}
