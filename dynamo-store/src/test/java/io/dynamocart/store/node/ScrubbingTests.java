package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.ring.TokenRange;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is on disk is read again and again, whatever happens to one of its pages (docs/decisions/0022). */
class ScrubbingTests {

    private static final long LOST_AFTER = Scrubbing.LOST_AFTER.toMillis();

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

    private <T extends NodeEvent> List<T> told(Class<T> kind) {
        return a.events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private long pagesAskedFor() {
        return a.scans().stream().filter(TokenRange.all()::equals).count();
    }
}
