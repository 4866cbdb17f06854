package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Node a among four looks through what it has of the partitions that are not its own, a page at a time. */
class LeftoverHandoffTests {

    private static final int FOREIGN = 4;
    private static final Founding FOUR =
            new Founding(16, 3, List.of(member("a"), member("b"), member("c"), member("d")));

    private static final Versions MILK =
            Versions.of(new Version(NodeScript.dotOf("b"), Clock.empty(), Instant.EPOCH, Value.of("milk")));

    private final NodeScript a = NodeScript.withHistory(new MembershipHistory(FOUR));
    private final Ring ring = FOUR.layout().ring();
    private long now;

    LeftoverHandoffTests() {
        a.linkUp("b").linkUp("c").linkUp("d");
    }

    @Test
    void everyPartitionThatIsNotItsOwnHasItsTurnInEveryRound() {
        runUntil(9_900);
        assertThat(pages()).isEqualTo(FOREIGN);

        runUntil(20_000);
        assertThat(pages()).isEqualTo(2 * FOREIGN);
    }

    @Test
    void itRestsAsLongAsAPageTook() {
        runUntil(9_900);

        assertThat(restAfterPageOf(Duration.ofMillis(20))).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void whileClientsWaitItRestsFifteenTimesAsLongBesides() {
        for (int i = 0; i < 100; i++) {
            CompletableFuture<GetResult> _ = a.get(a.settings.read());
        }
        runUntil(9_900);

        assertThat(restAfterPageOf(Duration.ofMillis(20))).isEqualTo(Duration.ofMillis(16 * 20));
    }

    @Test
    void aPageThatNobodyCanBeGivenIsPassedOnASmallStack() {
        IntStream.range(0, 4_000)
                .mapToObj(i -> Key.of("cart-" + i))
                .filter(key -> !ring.preferenceList(key).isHome(new NodeId("a")))
                .forEach(key -> a.finds(key, MILK));
        a.linkDown("b").linkDown("c").linkDown("d");

        SmallStack.run(() -> runUntil(20_000));
        assertThat(pages()).isEqualTo(2 * FOREIGN);
    }

    /** Its disk was not at hand, so it was replaced by itself; now it has the disk again, and is no member. */
    @Test
    void whereANotherIncarnationOfItIsHomeTheOthersAreGivenWhatItHasAndItKeepsIt() {
        Member another = new Member(new NodeId("a"), "host-a", "zone", 1, 7);
        Founding replaced = new Founding(16, 3, List.of(another, member("b"), member("c")));
        NodeScript gone = NodeScript.withHistory(new MembershipHistory(replaced));
        gone.linkUp("b").linkUp("c").finds(NodeScript.KEY, MILK);

        while (gone.hasSentNothingTo("c")) {
            gone.at(++now).settle();
        }
        for (String home : List.of("b", "c")) {
            ReplicaPut put = gone.sent(home, ReplicaPut.class);
            assertThat(put.versions()).isEqualTo(MILK);
            gone.receive(home, new ReplicaPutReply(put.number()));
        }
        for (; now < 500_000; now += 10) {
            gone.at(now).settle();
        }
        assertThat(gone.scans())
                .filteredOn(range -> replaced.layout().ring().partitionOf(range).isPresent())
                .as("each partition once, and not again and again")
                .hasSize(16);
        assertThat(gone.events).doesNotHaveAnyElementsOfTypes(NodeEvent.LeftoverDelivered.class);
    }

    @Test
    void thoseItCouldNotGiveItToHaveTheirTurnTenSecondsLater() {
        Member another = new Member(new NodeId("a"), "host-a", "zone", 1, 7);
        Founding replaced = new Founding(16, 3, List.of(another, member("b"), member("c")));
        NodeScript gone = NodeScript.withHistory(new MembershipHistory(replaced));
        gone.linkUp("b").finds(NodeScript.KEY, MILK);
        for (; now < 5_000; now++) {
            gone.at(now).settle();
        }
        assertThat(gone.hasSentNothingTo("b")).as("c is away").isTrue();

        gone.linkUp("c");
        for (; now < 20_000 && gone.hasSentNothingTo("c"); now++) {
            gone.at(now).settle();
        }
        assertThat(gone.sent("c", ReplicaPut.class).versions()).isEqualTo(MILK);
    }

    /** Lets the next page of what is not its own take so long, and waits for the one after it. */
    private Duration restAfterPageOf(Duration page) {
        awaitPage();
        now += page.toMillis();
        a.at(now).settle();
        long ended = now;
        awaitPage();
        return Duration.ofMillis(now - ended);
    }

    private void awaitPage() {
        for (long before = pages(); pages() == before; ) {
            a.settle().at(++now);
        }
    }

    private void runUntil(long millis) {
        while (now < millis) {
            a.settle().at(++now);
        }
    }

    /** How many pages it has listed of partitions that are not its own. */
    private long pages() {
        return a.scans().stream()
                .flatMap(range -> ring.partitionOf(range).stream())
                .filter(partition -> !ring.preferenceList(partition).isHome(new NodeId("a")))
                .count();
    }
}
