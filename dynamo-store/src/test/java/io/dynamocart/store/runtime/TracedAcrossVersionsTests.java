package io.dynamocart.store.runtime;

import static io.dynamocart.store.runtime.RealCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.CallListener;
import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.node.NodeEvent.Outcome;
import io.dynamocart.store.node.NodeEvent.TracedAnswered;
import io.dynamocart.store.trace.TraceParent;
import io.dynamocart.store.transport.Protocol;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace in a cluster of which one node speaks a protocol that knows of none. */
class TracedAcrossVersionsTests {

    private static final Key KEY = Key.of("cart/alice");
    private static final TraceParent TRACE = new TraceParent(1, 2, 3);

    @TempDir
    Path directory;

    @Test
    void endsAtTheOlderNodeWhichDoesAllTheSame() {
        Queue<NodeEvent> older = new ConcurrentLinkedQueue<>();
        Queue<NodeEvent> newer = new ConcurrentLinkedQueue<>();
        try (RealCluster cluster = new RealCluster(directory)) {
            cluster.speak(2, Protocol.NEWEST.upTo(5));
            cluster.listen(2, older::add);
            cluster.listen(3, newer::add);
            cluster.startAll();
            DynamoStore store = cluster.store(1);
            await(store.put(
                    KEY,
                    Context.none(KEY),
                    Value.of("one"),
                    store.writeOptions().withW(3).withStrict(true).withListener(new Traced())));
            assertThat(await(store.get(KEY, store.readOptions().withR(3).withListener(new Traced())))
                            .homeReplicas())
                    .isEqualTo(3);

            Await.until(
                    "node 3 has told of what it answered",
                    () -> told(newer, "replica put") && told(newer, "replica get"));
            assertThat(older).doesNotHaveAnyElementsOfTypes(TracedAnswered.class);
        }
    }

    private static boolean told(Queue<NodeEvent> events, String asked) {
        return events.stream()
                .anyMatch(event -> event instanceof TracedAnswered told
                        && told.trace().equals(TRACE)
                        && told.asked().equals(asked)
                        && told.nanos() >= 0
                        && told.outcome() == Outcome.SUCCEEDED);
    }

    private static final class Traced implements CallListener {

        @Override
        public void onEnd(String node, Duration took, Ending ending) {}

        @Override
        public TraceParent trace() {
            return TRACE;
        }
    }
}
