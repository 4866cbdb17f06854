package io.dynamocart.store.node;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.NodeThread;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.ContextSeal;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store as clients of one node see it: hands each request to the node's thread. As thread-safe as that hand-over.
 */
public final class NodeStore implements DynamoStore {

    private final DynamoNode node;
    private final NodeThread thread;
    private final NodeSettings settings;
    private final ContextSeal seal;

    public NodeStore(DynamoNode node, NodeThread thread, NodeSettings settings, ContextSeal seal) {
        this.node = node;
        this.thread = thread;
        this.settings = settings;
        this.seal = seal;
    }

    @Override
    public CompletableFuture<GetResult> get(Key key, ReadOptions options) {
        return ask((now, answer) -> node.get(now, key, options, answer), () -> LostRequest.read(options.r()));
    }

    @Override
    public CompletableFuture<PutResult> put(Key key, Context context, Value value, WriteOptions options) {
        return write(key, context, value, options);
    }

    @Override
    public CompletableFuture<PutResult> delete(Key key, Context context, WriteOptions options) {
        if (!context.isEmpty()) {
            return write(key, context, null, options);
        }
        ReadOptions read = settings.read().withTimeout(options.timeout()).withListener(options.listener());
        return get(key, read).thenCompose(found -> write(key, found.context(), null, options));
    }

    @Override
    public CompletableFuture<List<ReplicaCopy>> replicas(Key key) {
        return ask((now, answer) -> node.replicas(now, key, answer), () -> LostRequest.read(settings.homes()));
    }

    @Override
    public ReadOptions readOptions() {
        return settings.read();
    }

    @Override
    public WriteOptions writeOptions() {
        return settings.write();
    }

    @Override
    public String seal(Context context) {
        return seal.seal(context);
    }

    @Override
    public Context open(Key key, String sealed) {
        return seal.open(key, sealed);
    }

    private CompletableFuture<PutResult> write(Key key, Context context, @Nullable Value value, WriteOptions options) {
        return ask(
                (now, answer) -> node.put(now, key, context, value, options, answer),
                () -> LostRequest.write(options.w()));
    }

    /** @param lost the answer where the node throws instead of giving one, which is then thrown on */
    private <T> CompletableFuture<T> ask(
            BiConsumer<Moment, CompletableFuture<T>> request, Supplier<StoreException> lost) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        thread.execute(now -> {
            try {
                request.accept(now, answer);
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(lost.get());
                throw e;
            }
        });
        return answer;
    }
}
