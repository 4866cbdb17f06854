package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.fastest;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.message.Message.CoordinatePut;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaGetReply;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.runtime.Await;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Versions;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Node a, whose peer c is linked and says nothing. Its answers are waited for much longer than any client waits, and there
 * may be thousands of them: what is kept for them is nothing of a client's.
 */
class SilentPeersTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final WriteOptions WRITE = WriteOptions.of(3, 2, TIMEOUT);
    private static final Context NOTHING_SEEN = Context.none(NodeScript.KEY);

    private final NodeScript a = NodeScript.amongThree();

    @Test
    void nothingIsKeptOfAWriteWhoseTimeIsUp() {
        WeakReference<CompletableFuture<PutResult>> put = new WeakReference<>(a.put(NOTHING_SEEN, WRITE));
        a.settle();
        a.receive("b", new ReplicaPutReply(a.sent("b", ReplicaPut.class).number()));
        a.at(1_000).settle();

        assertIsForgotten(put);
    }

    @Test
    void nothingIsKeptOfAWriteThatOthersWereToCoordinate() {
        WeakReference<CompletableFuture<PutResult>> put = new WeakReference<>(a.put(fastest("c"), WRITE));
        assertThat(a.sent("c", CoordinatePut.class).number()).isPositive();
        a.at(1_000).settle();

        assertIsForgotten(put);
    }

    @Test
    void nothingIsKeptOfAReadThatHasWaitedForRepair() {
        ReadOptions all = ReadOptions.of(3, 2, TIMEOUT).withEveryReplica();
        WeakReference<CompletableFuture<?>> get = new WeakReference<>(a.get(all));
        ReplicaGet asked = a.sent("b", ReplicaGet.class);
        a.settle().receive("b", new ReplicaGetReply(asked.number(), Versions.none(), Instant.EPOCH));
        a.at(5_000).settle();

        assertIsForgotten(get);
    }

    /** How long it takes until a write can be read everywhere is long just where a node is slow. */
    @Test
    void thatAWriteHasReachedTheLastHomeReplicaIsToldHoweverLateItSaysSo() {
        CompletableFuture<PutResult> _ = a.put(NOTHING_SEEN, WRITE);
        a.settle();
        a.receive("b", new ReplicaPutReply(a.sent("b", ReplicaPut.class).number()));
        a.at(20_000).settle();
        assertThat(visible()).isEmpty();

        a.receive("c", new ReplicaPutReply(a.sent("c", ReplicaPut.class).number()));
        assertThat(visible())
                .containsExactly(
                        new NodeEvent.WriteVisible(Duration.ofSeconds(20).toNanos()));
    }

    private List<NodeEvent> visible() {
        return a.events.stream()
                .filter(NodeEvent.WriteVisible.class::isInstance)
                .toList();
    }

    private static void assertIsForgotten(WeakReference<?> client) {
        Await.until("the client is forgotten", () -> {
            System.gc();
            return client.refersTo(null);
        });
    }
}
