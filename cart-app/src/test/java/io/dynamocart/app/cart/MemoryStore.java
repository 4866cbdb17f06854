package io.dynamocart.app.cart;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.ContextSeal;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One node's store in memory. It answers at once, or when a test lets it; knows what other nodes hold when it is asked for
 * more than its own; and has the clocks of its node.
 */
final class MemoryStore implements DynamoStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final ContextSeal seal = new ContextSeal(new byte[] {1, 2, 3});
    private Actor actor;
    private final Map<Key, Versions> held = new HashMap<>();
    private final List<ReadOptions> reads = new ArrayList<>();
    private List<MemoryStore> others = List.of();
    private CompletableFuture<?> answers = CompletableFuture.completedFuture(null);
    private CompletableFuture<?> othersAnswer = CompletableFuture.completedFuture(null);
    private final Set<Key> unacknowledged = new HashSet<>();
    private final Set<Key> refused = new HashSet<>();
    private final Set<Key> lastBeforeTheCut = new HashSet<>();
    private final Map<Key, Runnable> meanwhile = new HashMap<>();
    private long nanos;
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private int writes;
    private int needed = 1;
    private boolean broken;

    MemoryStore(String node) {
        this.actor = new Actor(node, 1);
    }

    /** From now on these answer when it is asked for more than it holds itself. */
    void reaches(MemoryStore... stores) {
        others = List.of(stores);
    }

    /** What it writes from now on has another actor. */
    void restarts() {
        actor = new Actor(actor.node(), actor.birth() + 1);
    }

    /** Writes have to be on so many nodes. */
    void needs(int w) {
        needed = w;
    }

    /** Both get what the other holds. */
    void meets(MemoryStore other) {
        other.held.forEach((key, versions) -> held.merge(key, versions, Versions::merge));
        held.forEach((key, versions) -> other.held.merge(key, versions, Versions::merge));
    }

    /** From now on nothing is answered before this is complete. */
    CompletableFuture<?> hold() {
        answers = new CompletableFuture<>();
        return answers;
    }

    /** From now on it throws at whoever reads. */
    void breaks() {
        broken = true;
    }

    void isMended() {
        broken = false;
    }

    /** From now on no other is heard before this is complete. */
    CompletableFuture<?> holdOthers() {
        othersAnswer = new CompletableFuture<>();
        return othersAnswer;
    }

    /** From now on writes to this cart are kept, and whoever asked is not told. */
    void losesAnswersAbout(CartId cart) {
        unacknowledged.add(cart.key());
    }

    void losesNoAnswers() {
        unacknowledged.clear();
    }

    /** From now on writes to this cart reach nobody. */
    void refusesWritesOf(CartId cart) {
        refused.add(cart.key());
    }

    /** From now on writes to this cart are kept again. */
    void takesWritesOf(CartId cart) {
        refused.remove(cart.key());
    }

    /** The next write to this cart waits until this has happened. */
    void meanwhile(CartId cart, Runnable event) {
        meanwhile.put(cart.key(), event);
    }

    /** Once it has written this cart it reaches no others. */
    void isCutOffOnceItHasWritten(CartId cart) {
        lastBeforeTheCut.add(cart.key());
    }

    void passes(Duration time) {
        nanos += time.toNanos();
        now = now.plus(time);
    }

    /** The clock on the wall is set, and no time passes. */
    void wallClockJumps(Duration by) {
        now = now.plus(by);
    }

    Clocks clocks() {
        return new Clocks(() -> now, () -> nanos);
    }

    int writes() {
        return writes;
    }

    /** How it was asked to read, each time. */
    List<ReadOptions> reads() {
        return reads;
    }

    Versions versions(CartId cart) {
        return versions(cart.key());
    }

    private Versions versions(Key key) {
        return held.getOrDefault(key, Versions.none());
    }

    @Override
    public CompletableFuture<GetResult> get(Key key, ReadOptions options) {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        reads.add(options);
        return answers.thenCombine(suffices(key, options) ? answers : othersAnswer, (_, _) -> options)
                .thenCompose(_ -> {
                    List<Versions> copies = asked(key, options);
                    Versions found = copies.stream().reduce(Versions.none(), Versions::merge);
                    if (!found.clock().covers(options.atLeast())) {
                        return CompletableFuture.failedFuture(new StoreException.NotCovered("nobody has it"));
                    }
                    boolean unanimous =
                            options.everyReplica() && copies.stream().allMatch(found::equals);
                    Context context = Context.of(key, found, actor.node());
                    int holders = (int) copies.stream().filter(found::equals).count();
                    return CompletableFuture.completedFuture(
                            new GetResult(found, context, copies.size(), 0, holders, unanimous, now, now));
                });
    }

    @Override
    public CompletableFuture<PutResult> put(Key key, Context context, Value value, WriteOptions options) {
        return write(key, context, value);
    }

    @Override
    public CompletableFuture<PutResult> delete(Key key, Context context, WriteOptions options) {
        return write(key, context, null);
    }

    @Override
    public CompletableFuture<List<ReplicaCopy>> replicas(Key key) {
        return CompletableFuture.completedFuture(Stream.concat(Stream.of(this), others.stream())
                .map(store -> new ReplicaCopy(store.actor.node(), store.held.get(key), null))
                .toList());
    }

    @Override
    public ReadOptions readOptions() {
        return ReadOptions.of(3, 2, TIMEOUT);
    }

    @Override
    public WriteOptions writeOptions() {
        return WriteOptions.of(3, needed, TIMEOUT);
    }

    @Override
    public String seal(Context context) {
        return seal.seal(context);
    }

    @Override
    public Context open(Key key, String sealed) {
        return seal.open(key, sealed);
    }

    private CompletableFuture<PutResult> write(Key key, Context context, @Nullable Value value) {
        return answers.thenCompose(_ -> {
            if (refused.contains(key)) {
                return CompletableFuture.failedFuture(new StoreException.TooFewReplicas("no answer", 1, List.of()));
            }
            Runnable event = meanwhile.remove(key);
            if (event != null) {
                event.run();
            }
            if (lastBeforeTheCut.contains(key)) {
                reaches();
            }
            Dot dot = new Dot(actor, ++writes);
            Versions before = held.getOrDefault(key, Versions.none());
            held.put(key, before.write(dot, context.clock(), now, value, Truncation.off()));
            return unacknowledged.contains(key)
                    ? CompletableFuture.failedFuture(new StoreException.OutcomeUnknown("no answer", 1, List.of()))
                    : CompletableFuture.completedFuture(new PutResult(dot, context.after(dot), 1, 0));
        });
    }

    /** Whether what it has itself is enough. */
    private boolean suffices(Key key, ReadOptions options) {
        return !options.everyReplica() && versions(key).clock().covers(options.atLeast());
    }

    private List<Versions> asked(Key key, ReadOptions options) {
        Versions own = versions(key);
        if (suffices(key, options)) {
            return List.of(own);
        }
        return Stream.concat(
                        Stream.of(own), others.stream().map(other -> other.held.getOrDefault(key, Versions.none())))
                .toList();
    }
}
