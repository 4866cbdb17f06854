package io.dynamocart.app.cart;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Mint;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One cart on all nodes: what they hold by the store's own rules, and beside it the exact account of what has happened
 * to it.
 */
final class ModelCart {

    /** What a node holds, and the numbers of the writes that it must reflect. */
    record Copy(Versions versions, Set<Integer> writes) {
        private static final Copy NONE = new Copy(Versions.none(), Set.of());

        Copy join(Copy other) {
            return new Copy(versions.merge(other.versions), union(writes, other.writes));
        }
    }

    /** Something that a server has decided to write, given what it saw. */
    record Draft(Sight sight, CartState state, ExactWrite write) {
        boolean forgets() {
            return !state.remembered()
                    .keySet()
                    .containsAll(sight.state().remembered().keySet());
        }
    }

    private final CartId id;
    private final ModelRules rules;
    private final CartLimits limits;
    private final RandomSource births;
    private final List<ModelNode> nodes;
    private final ExactCart exact = new ExactCart();
    private final VersionReader reader = new VersionReader();
    private final Map<String, Copy> copies = new HashMap<>();
    private final Map<String, Mint> mints = new HashMap<>();
    private final Map<String, Clock> everRead = new HashMap<>();
    private final List<Dot> dots = new ArrayList<>();

    ModelCart(CartId id, ModelRules rules, CartLimits limits, List<ModelNode> nodes, RandomSource births) {
        this.id = id;
        this.rules = rules;
        this.limits = limits;
        this.nodes = nodes;
        this.births = births;
    }

    CartId id() {
        return id;
    }

    ExactCart exact() {
        return exact;
    }

    Copy copyOf(ModelNode node) {
        return copies.getOrDefault(node.name(), Copy.NONE);
    }

    void send(ModelNode from, ModelNode to) {
        copies.put(to.name(), copyOf(to).join(copyOf(from)));
    }

    Sight read(List<ModelNode> from, long time) {
        Copy found = from.stream().map(this::copyOf).reduce(Copy.NONE, Copy::join);
        List<Instant> clocks =
                from.stream().map(node -> node.clock(time)).sorted().toList();
        GetResult result = new GetResult(
                found.versions,
                Context.of(id.key(), found.versions, null),
                (int) from.stream().filter(ModelNode::isHome).count(),
                (int) from.stream().filter(node -> !node.isHome()).count(),
                (int) from.stream()
                        .map(this::copyOf)
                        .map(copy -> copy.versions)
                        .filter(found.versions::equals)
                        .count(),
                agree(from),
                clocks.getFirst(),
                clocks.getLast());
        List<CartVersion> versions = reader.read(id, found.versions);
        return new Sight(CartRead.of(id, result, versions, rules.strategy()), found.writes, time);
    }

    /** What a server has read, this sight among it, whether it still merges it or not. */
    Clock everReadBy(ModelNode server, Sight now) {
        return everRead.merge(server.name(), now.context().clock(), Clock::join);
    }

    /**
     * Does an operation to what a server saw.
     *
     * @param write what it comes to, exactly
     * @return null if there is nothing to write
     * @throws CartProblem if it cannot be done
     */
    @Nullable
    Draft decide(Sight sight, Operation operation, ExactWrite write, Instant clock) {
        CartUpdate update = new CartUpdate(sight.read(), limits, clock);
        CartState after = update.apply(operation, null, sight.state());
        return after.equals(sight.state())
                ? null
                : new Draft(sight, update.forgetting(after, Set.of(operation.id())), write);
    }

    /** Writes at one node, which is not yet known to any other. */
    ModelAnswer write(ModelNode node, Draft draft, long time) {
        Copy before = copyOf(node);
        Context context = draft.sight.context();
        Clock known = before.versions.clock().join(context.clock());
        Mint mint = Mint.next(mints.get(node.name()), node.name(), node.start(), known, births::nextLong);
        mints.put(node.name(), mint);
        Versions after = before.versions.write(
                mint.dot(), context.clock(), node.clock(time), CartCodec.encode(id, draft.state), rules.truncation());
        dots.add(mint.dot());
        Set<Integer> writes = union(draft.sight.writes(), Set.of(exact.note(draft.write)));
        copies.put(node.name(), new Copy(after, union(before.writes, writes)));
        return new ModelAnswer(
                new CartSnapshot(id, draft.state.foundIn(mint.dot()), context.after(mint.dot()), mint.dot()), writes);
    }

    Clock clockOf(Set<Integer> writes) {
        return Clock.of(writes.stream().map(dots::get).toArray(Dot[]::new));
    }

    /** What the context names of a client that is shown so much of the cart. */
    Clock told(CartSnapshot cart, Shown shown) {
        return cart.contextFor(rules.told().apply(shown)).clock();
    }

    /** The numbers of the writes that a clock names. */
    Set<Integer> numbersOf(Clock clock) {
        return IntStream.range(0, dots.size())
                .filter(number -> clock.contains(dots.get(number)))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean agree(List<ModelNode> asked) {
        List<ModelNode> homes = nodes.stream().filter(ModelNode::isHome).toList();
        Versions first = copyOf(homes.getFirst()).versions;
        boolean alike = asked.containsAll(homes)
                && asked.stream().allMatch(node -> copyOf(node).versions.equals(first));
        boolean noHintOpen = nodes.stream()
                .allMatch(node -> first.clock().covers(copyOf(node).versions.clock()));
        return switch (rules.agreement()) {
            case OF_ALL_WITH_NO_HINT_OPEN -> alike && noHintOpen;
            case OF_HOME_REPLICAS -> alike;
            case NONE -> true;
        };
    }

    static <T extends Comparable<T>> Set<T> union(Set<T> one, Set<T> other) {
        Set<T> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }
}
