package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallReporterTests {

    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    private final List<String> heard = new ArrayList<>();
    private final CallReporter calls = new CallReporter(
            (node, took, ending) -> heard.add("%s %s after %d".formatted(node, ending, took.toNanos())));

    @Test
    void eachCallIsToldOfWhenItIsKnownWhatCameOfIt() {
        calls.begin(at(10), A);
        calls.begin(at(20), B);
        calls.end(at(25), B, false);
        calls.end(at(40), A, true);

        assertThat(heard).containsExactly("b FAILED after 5", "a ANSWERED after 30");
    }

    @Test
    void whoHasNotAnsweredInTheEndIsToldOfOnce() {
        calls.begin(at(10), A);
        calls.endAll(at(50));
        calls.end(at(60), A, true);
        calls.endAll(at(70));

        assertThat(heard).containsExactly("a UNANSWERED after 40");
    }

    private static Moment at(long nanos) {
        return new Moment(nanos, Instant.EPOCH);
    }
}
