package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.KEY;
import static io.dynamocart.store.node.NodeScript.dotOf;
import static io.dynamocart.store.node.NodeScript.fastest;
import static io.dynamocart.store.node.NodeScript.problem;
import static io.dynamocart.store.node.NodeScript.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.PutResult;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.message.Message.CoordinatePut;
import io.dynamocart.store.message.Message.CoordinatePutReply;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaGetReply;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.Traced;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.trace.TraceParent;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.ContextSeal;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The store as clients of node a see it. What it hands to the node's thread happens when the test says so. */
class NodeStoreTests {

    private static final Versions MILK =
            Versions.of(new Version(dotOf("b"), Clock.empty(), Instant.EPOCH, Value.of("milk")));

    private final NodeScript a = NodeScript.amongThree();
    private final Deque<Consumer<Moment>> handedOver = new ArrayDeque<>();
    private final ContextSeal seal = new ContextSeal("secret".getBytes(StandardCharsets.UTF_8));
    private final NodeStore store = new NodeStore(a.node, handedOver::add, a.settings, seal);

    @Test
    void nothingHappensOnTheCallersThread() {
        CompletableFuture<?> get = store.get(KEY);
        CompletableFuture<?> put = store.put(KEY, Context.none(KEY), Value.of("milk"));
        CompletableFuture<?> replicas = store.replicas(KEY);
        assertThat(handedOver).hasSize(3);
        a.settle().sentNothing();

        nodeTakesOver();
        assertThat(get).isNotDone();
        assertThat(put).isNotDone();
        assertThat(replicas).isNotDone();
        a.sent("b", ReplicaGet.class);
    }

    @Test
    void theStoresOwnSettingsAreTheDefault() {
        assertThat(store.readOptions()).isEqualTo(a.settings.read());
        assertThat(store.writeOptions()).isEqualTo(a.settings.write());
        CompletableFuture<PutResult> _ = store.put(KEY, fastest("c"), Value.of("milk"));
        nodeTakesOver();

        assertThat(a.sent("c", CoordinatePut.class).acknowledgements()).isEqualTo(2);
    }

    @Test
    void aReadThatFindsLessThanItsReaderHasSeenIsNotOneThatReachedTooFew() {
        CompletableFuture<?> get = a.get(a.settings.read().withAtLeast(MILK.clock()));
        a.settle();
        ReplicaGet asked = a.sent("b", ReplicaGet.class);
        a.receive("b", new ReplicaGetReply(asked.number(), Versions.none(), Instant.EPOCH));
        a.at(1000);

        problem(get, StoreException.NotCovered.class);
        assertThat(a.events)
                .filteredOn(NodeEvent.GetEnded.class::isInstance)
                .extracting(event -> ((NodeEvent.GetEnded) event).outcome())
                .containsExactly(NodeEvent.Outcome.NOT_COVERED);
    }

    @Test
    void aDeleteWithAContextReplacesWhatThatCovers() {
        Context seen = new Context(KEY, MILK.dots(), MILK.clock(), "c");
        CompletableFuture<PutResult> delete = store.delete(KEY, seen);
        nodeTakesOver();
        CoordinatePut asked = a.sent("c", CoordinatePut.class);
        a.receive(
                "c",
                new CoordinatePutReply(asked.number(), dotOf("c"), NodeScript.nodes("b", "c"), NodeScript.nodes()));

        assertThat(asked.value()).isNull();
        assertThat(asked.context().clock()).isEqualTo(MILK.clock());
        assertThat(result(delete).context().clock()).isEqualTo(Clock.of(dotOf("b"), dotOf("c")));
    }

    @Test
    void aDeleteWithoutOneReadsFirstAndReplacesWhatItRead() {
        CompletableFuture<PutResult> delete = store.delete(KEY, Context.none(KEY));
        nodeTakesOver();
        ReplicaGet read = a.sent("b", ReplicaGet.class);
        a.receive("b", new ReplicaGetReply(read.number(), MILK, Instant.EPOCH));
        nodeTakesOver();
        a.settle();
        ReplicaPut tombstone = a.sent("c", ReplicaPut.class);

        assertThat(delete).isNotDone();
        assertThat(tombstone.versions().list()).singleElement().satisfies(version -> {
            assertThat(version.isTombstone()).isTrue();
            assertThat(version.past()).isEqualTo(MILK.clock());
        });
    }

    @Test
    void whereThatReadFailsNothingIsDeleted() {
        CompletableFuture<PutResult> delete = store.delete(KEY, Context.none(KEY));
        nodeTakesOver();
        a.sent("b", ReplicaGet.class);
        a.linkDown("b").linkDown("c");
        nodeTakesOver();
        a.settle();

        problem(delete, StoreException.TooFewReplicas.class);
        a.sent("c", ReplicaGet.class);
        a.sentNothing();
    }

    @Test
    void contextsGoOutSealedAndComeBack() {
        Context context = Context.of(KEY, MILK, "b");

        assertThat(store.open(KEY, store.seal(context))).isEqualTo(context);
        assertThat(seal.open(KEY, store.seal(context))).isEqualTo(context);
    }

    @Test
    void aRequestAtWhichTheNodeFailsEndsAtOnce() {
        a.failToSendOnce();
        CompletableFuture<?> get = store.get(KEY);
        assertThatThrownBy(this::nodeTakesOver).hasMessage("nothing can be sent");
        problem(get, StoreException.TooFewReplicas.class);

        a.failToSendOnce();
        CompletableFuture<?> put = store.put(KEY, fastest("c"), Value.of("milk"));
        assertThatThrownBy(this::nodeTakesOver).hasMessage("nothing can be sent");
        problem(put, StoreException.OutcomeUnknown.class);
    }

    @Test
    void oneAtWhichItFailsLaterEndsASecondBehindItsTime() {
        CompletableFuture<?> get = store.get(KEY);
        nodeTakesOver();
        a.failToSendOnce();
        assertThatThrownBy(() -> a.at(500)).hasMessage("nothing can be sent");

        a.at(1_999);
        assertThat(get).isNotDone();
        a.at(2_000);
        problem(get, StoreException.TooFewReplicas.class);
    }

    @Test
    void theReadBeforeADeleteWithoutAContextIsPartOfIt() {
        Tracing listener = new Tracing(new TraceParent(1, 2, 3));
        CompletableFuture<?> _ =
                store.delete(KEY, Context.none(KEY), store.writeOptions().withListener(listener));
        nodeTakesOver();

        assertThat(a.sent("b", Traced.class).request()).isInstanceOf(ReplicaGet.class);
    }

    private void nodeTakesOver() {
        while (!handedOver.isEmpty()) {
            handedOver.remove().accept(a.moment());
        }
    }
}
