package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ring.TokenRange;
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

    private long pagesAskedFor() {
        return a.scans.stream().filter(TokenRange.all()::equals).count();
    }
}
