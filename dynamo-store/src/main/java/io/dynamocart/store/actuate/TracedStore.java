package io.dynamocart.store.actuate;

import io.dynamocart.store.CallListener;
import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.ForwardingStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.trace.TraceParent;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each request within the trace of the thread that asks, and below it one of each call of a replica.
 * Whoever is called makes one below it as well ({@link ReplicaSpans}). What follows from a result is in that trace
 * again, also on another thread. Keys are not told, since they may be secret: of a guest's cart the key is all it takes
 * to have it. Thread-safe.
 */
public final class TracedStore extends ForwardingStore {

    private final Tracer tracer;

    public TracedStore(DynamoStore store, Tracer tracer) {
        super(store);
        this.tracer = tracer;
    }

    @Override
    public CompletableFuture<GetResult> get(Key key, ReadOptions options) {
        Function<CallListener, CompletableFuture<GetResult>> get =
                listener -> super.get(key, options.withListener(listener));
        return traced("store get", get, (span, found) -> {
            quorum(span, options.n(), "r", options.r(), found.homeReplicas(), found.standIns());
            span.tag("dynamo.versions", found.versions().list().size());
        });
    }

    @Override
    public CompletableFuture<PutResult> put(Key key, Context context, Value value, WriteOptions options) {
        return traced(
                "store put",
                listener -> super.put(key, context, value, options.withListener(listener)),
                (span, put) -> quorum(span, options.n(), "w", options.w(), put.homeReplicas(), put.standIns()));
    }

    @Override
    public CompletableFuture<PutResult> delete(Key key, Context context, WriteOptions options) {
        return traced(
                "store delete",
                listener -> super.delete(key, context, options.withListener(listener)),
                (span, put) -> quorum(span, options.n(), "w", options.w(), put.homeReplicas(), put.standIns()));
    }

    @Override
    public CompletableFuture<List<ReplicaCopy>> replicas(Key key) {
        return traced("store replicas", _ -> super.replicas(key), (_, _) -> {});
    }

    private <T> CompletableFuture<T> traced(
            String name, Function<CallListener, CompletableFuture<T>> request, BiConsumer<Span, T> describe) {
        Span parent = tracer.currentSpan();
        if (parent == null || parent.isNoop()) {
            return request.apply(CallListener.NONE);
        }
        Span span = tracer.spanBuilder().setParent(parent.context()).name(name).start();
        CompletableFuture<T> answer = new CompletableFuture<>();
        CompletableFuture<?> _ = request.apply(new Calls(span, tracer)).whenComplete((result, problem) -> {
            if (problem == null) {
                describe.accept(span, result);
            } else {
                span.error(problem);
            }
            span.end();
            try (Tracer.SpanInScope _ = tracer.withSpan(parent)) {
                complete(answer, result, problem);
            }
        });
        return answer;
    }

    private static void quorum(Span span, int n, String name, int needed, int homes, int standIns) {
        span.tag("dynamo.n", n)
                .tag("dynamo." + name, needed)
                .tag("dynamo.homes", homes)
                .tag("dynamo.stand-ins", standIns);
    }

    private static <T> void complete(CompletableFuture<T> answer, T result, @Nullable Throwable problem) {
        if (problem == null) {
            answer.complete(result);
        } else {
            answer.completeExceptionally(problem);
        }
    }

    /** The calls of a request, each as a past span below that of the request. */
    private record Calls(Span request, Tracer tracer) implements CallListener {

        @Override
        public void onEnd(String node, Duration took, Ending ending) {
            PastSpan.end(
                    tracer.spanBuilder()
                            .setParent(request.context())
                            .name("replica")
                            .kind(Span.Kind.CLIENT)
                            .tag("dynamo.node", node)
                            .tag("dynamo.outcome", ending.name().toLowerCase(Locale.ROOT)),
                    took.toNanos());
        }

        @Override
        public @Nullable TraceParent trace() {
            return TraceParents.of(request.context());
        }
    }
}
