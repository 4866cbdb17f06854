package io.dynamocart.store.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.Damage;
import io.dynamocart.store.codec.Generators;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.Property;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node knows of its cluster (paper §4.8.1). */
class MembershipHistoryTests {

    private static final MembershipHistory BORN = bornWith("a", "b");

    @Test
    void beforeTheClusterIsBornThereIsNobodyAndNoRing() {
        assertThat(MembershipHistory.empty().members()).isEmpty();
        assertThat(MembershipHistory.empty().ring()).isEmpty();
        assertThat(MembershipHistory.empty().founding()).isEmpty();
    }

    @Test
    void twoNodesOfTheSameHistoryHaveTheSameRing() {
        assertThat(BORN.ring().orElseThrow().preferenceLists())
                .isEqualTo(bornWith("b", "a").ring().orElseThrow().preferenceLists());
    }

    @Test
    void whoKnowsNoClusterLearnsTheOthers() {
        assertThat(MembershipHistory.empty().merge(BORN)).isEqualTo(BORN);
        assertThat(BORN.merge(MembershipHistory.empty())).isEqualTo(BORN);
        assertThat(BORN.merge(BORN)).isEqualTo(BORN);
        assertThat(MembershipHistory.empty().merge(MembershipHistory.empty())).isEqualTo(MembershipHistory.empty());
    }

    /** D18: clusters of different names never meet (HandshakeTests); of one name, either comes to the same founding. */
    @Test
    void whoMeetsAClusterOfItsNameThatWasFoundedApartAgreesWithItOnOne() {
        MembershipHistory another = bornWith("c");

        assertThat(BORN.merge(another)).isEqualTo(another.merge(BORN));
        assertThat(BORN.merge(another).founding()).isEqualTo(BORN.founding());
        assertThat(BORN.merge(another).strangers()).extracting(Member::id).containsExactly(new NodeId("c"));
    }

    @Test
    void comesBackFromDiskAndWireAsItWas() {
        Property.holds(500, random -> {
            MembershipHistory history = new Generators(random).history();

            assertThat(read(bytes(history))).hasValue(history);
        });
    }

    @Test
    void damagedBytesAreNoHistoryOrOneThatCanBeToldLikeAnyOther() {
        Property.holds(3_000, random -> {
            byte[] changed = Damage.any(bytes(new Generators(random).history()), random);

            read(changed).ifPresent(history -> assertThat(read(bytes(history))).hasValue(history));
        });
    }

    private static Optional<MembershipHistory> read(byte[] bytes) {
        return Damage.read(bytes, read -> MembershipHistory.readFrom(new ByteReader(read)));
    }

    private static byte[] bytes(MembershipHistory history) {
        ByteWriter out = new ByteWriter();
        history.writeTo(out);
        return out.toByteArray();
    }

    private static MembershipHistory bornWith(String... names) {
        List<Member> members = Arrays.stream(names)
                .map(name -> new Member(new NodeId(name), "host-" + name, "zone", 1))
                .toList();
        return new MembershipHistory(new Founding(16, 3, members));
    }
}
