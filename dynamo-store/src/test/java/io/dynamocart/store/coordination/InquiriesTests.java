package io.dynamocart.store.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ring.NodeId;
import org.junit.jupiter.api.Test;

/** Whom a request waits for, and how long it counts on them. */
class InquiriesTests {

    private static final Candidate QUICK = new Candidate(new NodeId("quick"), true, 10, 100);
    private static final Candidate STEADY = new Candidate(new NodeId("steady"), true, 50, 100);

    private final Inquiries inquiries = new Inquiries();

    @Test
    void aNodeIsHeardFromOnce() {
        inquiries.open(QUICK, 0);

        assertThat(inquiries.close(QUICK.node())).isTrue();
        assertThat(inquiries.close(QUICK.node())).isFalse();
        assertThat(inquiries.isEmpty()).isTrue();
    }

    @Test
    void aNodeIsSlowOnceItExceedsItsOwnUsualTime() {
        inquiries.open(QUICK, 0);
        inquiries.open(STEADY, 0);

        assertThat(inquiries.takeSlow(9)).isEmpty();
        assertThat(inquiries.takeSlow(10)).containsExactly(QUICK);
        assertThat(inquiries.takeSlow(49)).as("each is told once").isEmpty();
        assertThat(inquiries.takeSlow(50)).containsExactly(STEADY);
    }

    @Test
    void patienceEndsWithTheNextThatBecomesSlowAndThenWithTheNextThatBecomesLate() {
        inquiries.open(QUICK, 0);
        inquiries.open(STEADY, 7);
        assertThat(inquiries.nextPatience()).isEqualTo(10);

        inquiries.takeSlow(10);
        assertThat(inquiries.nextPatience()).isEqualTo(57);

        inquiries.takeSlow(57);
        assertThat(inquiries.nextPatience()).isEqualTo(100);
    }

    @Test
    void aNodeIsLateForAsLongAsItIsCountedOn() {
        inquiries.open(QUICK, 0);

        assertThat(inquiries.late(99)).isEmpty();
        assertThat(inquiries.late(100)).containsExactly(QUICK);
        inquiries.stopCounting(QUICK);
        assertThat(inquiries.late(101)).isEmpty();
    }

    @Test
    void aNodeNotCountedOnMayStillAnswer() {
        inquiries.open(QUICK, 0);
        inquiries.stopCounting(QUICK);

        assertThat(inquiries.counted()).isZero();
        assertThat(inquiries.nextPatience()).isEqualTo(Long.MAX_VALUE);
        assertThat(inquiries.isEmpty()).isFalse();
        assertThat(inquiries.close(QUICK.node())).isTrue();
    }
}
