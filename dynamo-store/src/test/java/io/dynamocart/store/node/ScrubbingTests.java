package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.incarnation;
import static io.dynamocart.store.node.NodeScript.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.membership.Change;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.message.Message.Gossip;
import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is on disk is read again and again, whatever happens to one of its pages (docs/decisions/0022). */
class ScrubbingTests {

    private static final long LOST_AFTER = Scrubbing.LOST_AFTER.toMillis();

    private static final Versions MILK = Versions.of(
            new Version(NodeScript.dotOf("b"), Clock.empty(), Instant.parse("2026-11-21T09:00:00Z"), Value.of("milk")));

    private final NodeScript a = NodeScript.amongThree();

    @BeforeEach
    void aPageIsAskedFor() {
        a.settle().at(100);
        assertThat(pagesAskedFor()).isEqualTo(1);
    }

    @Test
    void aPageIsNotAskedForBeforeTheOneInFrontIsThere() {
        a.at(LOST_AFTER - 1_000);
        assertThat(pagesAskedFor()).isEqualTo(1);

        a.settle().at(LOST_AFTER);
        assertThat(pagesAskedFor()).isEqualTo(2);
    }

    @Test
    void aPageThatIsLostIsNotTheLast() {
        a.loseRepliesOfDisk().at(LOST_AFTER + 1_000);
        assertThat(pagesAskedFor()).isEqualTo(2);

        a.settle().at(LOST_AFTER + 3_000);
        assertThat(pagesAskedFor()).isEqualTo(3);
    }

    @Test
    void aPageThatWasGivenUpAndComesAfterAllDoesNotCountAsTheOneUnderWay() {
        a.at(LOST_AFTER + 1_000);
        assertThat(pagesAskedFor()).isEqualTo(2);

        a.settleNext().at(LOST_AFTER + 60_000);
        assertThat(pagesAskedFor()).isEqualTo(2);

        a.settle().at(LOST_AFTER + 63_000);
        assertThat(pagesAskedFor()).isEqualTo(3);
    }

    @Test
    void aPageThatCannotBeReadIsAskedForAgainAfterAWhileAndThreeTimesInARowFailTheDisk() {
        a.cannotRead().settle().at(15_000);
        assertThat(pagesAskedFor()).isEqualTo(1);
        a.at(16_000).settle();
        assertThat(pagesAskedFor()).isEqualTo(2);
        assertThat(a.node.reports().disk()).isEqualTo(new DiskState.Fine());

        a.at(32_000).settle().at(33_000);

        assertThat(told(NodeEvent.ReadFailed.class))
                .containsExactly(
                        new NodeEvent.ReadFailed("i/o error", 1),
                        new NodeEvent.ReadFailed("i/o error", 2),
                        new NodeEvent.ReadFailed("i/o error", 3));
        assertThat(told(NodeEvent.DiskFailed.class))
                .containsExactly(new NodeEvent.DiskFailed("it cannot be read: i/o error"));
        assertThat(a.node.reports().disk()).isEqualTo(new DiskState.Failed("it cannot be read: i/o error"));
    }

    @Test
    void aDiskThatCanBeReadAgainHasNotFailed() {
        a.cannotRead()
                .settle()
                .at(16_000)
                .settle()
                .canRead()
                .at(32_000)
                .settle()
                .cannotRead()
                .at(60_000)
                .settle();

        assertThat(told(NodeEvent.ReadFailed.class)).hasSizeGreaterThan(2);
        assertThat(told(NodeEvent.DiskFailed.class)).isEmpty();
    }

    /** With random tokens every newcomer divides the ring anew; until all is counted again, nothing can be compared. */
    @Test
    void whatIsCountedAnewByAnotherRingIsCountedAsFastAsAtTheStart() {
        MembershipHistory born = new MembershipHistory(
                new Founding(new Partitioning.RandomTokens(4, 1), 3, List.of(member("a"), member("b"), member("c"))));
        NodeScript node = NodeScript.withHistory(born).listsAtMost(1);
        for (int i = 0; i < 10; i++) {
            node.finds(Key.of("cart-" + i), MILK);
        }
        read(node, 100);
        assertThat(pagesAskedFor(node)).isGreaterThanOrEqualTo(10);
        read(node, 2_000);
        long before = pagesAskedFor(node);
        read(node, 4_000);
        assertThat(pagesAskedFor(node)).as("pages in 2 s").isLessThan(before + 5);

        Plan plan = born.plan(incarnation("a"), List.of(new Change.Join(member("d"))));
        node.receive("b", new Gossip(member("b"), false, NodeScript.committed(born, plan)))
                .settle();
        before = pagesAskedFor(node);
        read(node, 6_000);

        assertThat(pagesAskedFor(node)).as("pages in 2 s").isGreaterThanOrEqualTo(before + 10);
    }

    /** Whatever it asks of its disk until then is done at once. */
    private static void read(NodeScript node, long until) {
        for (long millis = node.moment().nanos() / 1_000_000; millis <= until; millis++) {
            node.at(millis).settle();
        }
    }

    private <T extends NodeEvent> List<T> told(Class<T> kind) {
        return a.events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private long pagesAskedFor() {
        return pagesAskedFor(a);
    }

    private static long pagesAskedFor(NodeScript node) {
        return node.scans().stream().filter(TokenRange.all()::equals).count();
    }
}
