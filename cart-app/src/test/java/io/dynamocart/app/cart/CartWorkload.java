package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.simulation.Chaos;
import io.dynamocart.store.simulation.Losses;
import io.dynamocart.store.simulation.Observer;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.simulation.SimulatedCluster;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.simulation.SimulatedProcess;
import io.dynamocart.store.simulation.Simulation;
import io.dynamocart.store.simulation.Sweep;
import io.dynamocart.store.simulation.Tally;
import io.dynamocart.store.simulation.Workload;
import io.dynamocart.store.version.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Shoppers with several devices: they add, look, set, remove, check out and log in, through whichever instance they
 * reach, with what they last saw or without, and repeat through another instance what was not answered.
 */
final class CartWorkload implements Workload {

    private static final int SHOPPERS = 6;
    private static final List<CartId> CUSTOMERS = carts("customer");
    private static final List<CartId> GUESTS = carts("guest");
    private static final List<ItemId> ITEMS =
            IntStream.range(0, 3).mapToObj(i -> new ItemId("item-" + i)).toList();

    private final SimulatedCluster cluster;
    private final Simulation simulation;
    private final Tally tally;
    private final CartRules rules;
    private final CartOracle oracle;
    private final Map<DynamoStore, Carts> carts = new HashMap<>();
    private boolean destroyed;
    private boolean over;
    private int underWay;

    CartWorkload(SimulatedCluster cluster, Tally tally, CartRules rules) {
        this.cluster = cluster;
        this.simulation = cluster.simulation();
        this.tally = tally;
        this.rules = rules;
        this.oracle = new CartOracle(rules.copyIds());
        cluster.observe(new Observer() {
            @Override
            public void count(String what) {
                destroyed |= Losses.isLoss(what);
            }
        });
    }

    @Override
    public Duration duration() {
        return Duration.ofSeconds(40);
    }

    /** A cart that reads one replica has one clock to go by; with two it may trust the later. */
    @Override
    public Chaos.Options survivable(Chaos.Options drawn) {
        return cluster.options().r() == 1 ? drawn.withSteadyClocks() : drawn;
    }

    @Override
    public void begin() {
        for (int i = 0; i < SHOPPERS; i++) {
            new Shopper(i, simulation.random("shopper " + i)).next();
        }
    }

    @Override
    public void end() {
        over = true;
    }

    @Override
    public void verify() {
        Map<CartId, CartState> left = new TreeMap<>(java.util.Comparator.comparing(CartId::name));
        assertThat(underWay).as("operations that were never answered").isZero();
        if (cluster.isTooSmall()) {
            // Operators have left one member, where reads need two
            cluster.add(true);
            cluster.startAll();
        }
        for (int i = 0; i < GUESTS.size(); i++) {
            logIn(CUSTOMERS.get(i), GUESTS.get(i));
        }
        simulation.runFor(Duration.ofSeconds(2));
        assertThat(new Sweep(cluster).runToEnd())
                .as("replicas agree in the end")
                .isTrue();
        for (List<CartId> all : List.of(CUSTOMERS, GUESTS)) {
            all.forEach(cart -> left.put(cart, agreedState(cart)));
        }
        for (int i = 0; i < GUESTS.size(); i++) {
            checkGuest(GUESTS.get(i), stateOf(left, GUESTS.get(i)));
            checkCustomer(CUSTOMERS.get(i), GUESTS.get(i), stateOf(left, CUSTOMERS.get(i)));
        }
        checkOrders(left);
    }

    private void checkCustomer(CartId cart, CartId guest, CartState state) {
        Set<OperationId> present = state.entries().keySet();
        oracle.checkNothingInvented(cart, state, oracle.copiesFrom(guest));
        oracle.checkNothingLost(cart, present);
        oracle.checkCopied(guest, cart, present);
        Map<ItemId, Long> shown = state.lines().stream().collect(Collectors.toMap(Line::item, Line::quantity));
        oracle.checkQuantities(cart, guest, present, shown);
        oracle.checkNothingResurfaced(cart, present);
        if (cluster.options().r() + cluster.options().w() > cluster.options().n() && !destroyed) {
            oracle.checkNothingOverlooked(cart, present);
        }
    }

    private static void checkGuest(CartId guest, CartState state) {
        assertThat(state.entries()).as("guest cart %s after the login", guest).isEmpty();
    }

    private void checkOrders(Map<CartId, CartState> left) {
        oracle.orders()
                .forEach((checkout, orders) -> orders.forEach((id, order) -> {
                    boolean kept = left.values().stream()
                            .anyMatch(state -> state.orders().containsKey(id));
                    boolean forgotten = left.values().stream()
                            .noneMatch(state -> state.remembered().containsKey(checkout));
                    assertThat(kept || forgotten)
                            .as("order %s is kept as long as its checkout is remembered (D33)", id)
                            .isTrue();
                }));
        left.values()
                .forEach(state -> state.orders().values().forEach(order -> {
                    boolean shares = state.orders().values().stream().anyMatch(other -> conflict(order, other));
                    assertThat(state.conflictingOrders().contains(order.id())).isEqualTo(shares);
                }));
    }

    private static boolean conflict(Order one, Order other) {
        return !one.id().equals(other.id())
                && (one.checkout().equals(other.checkout()) || !Collections.disjoint(one.taken(), other.taken()));
    }

    private static CartState stateOf(Map<CartId, CartState> states, CartId cart) {
        CartState state = states.get(cart);
        if (state == null) {
            throw new AssertionError("cart " + cart + " was not read");
        }
        return state;
    }

    /** The cart as every instance shows it; they must not differ. */
    private CartState agreedState(CartId cart) {
        List<CartSnapshot> shown = cluster.ready().stream()
                .map(node -> await(cartsOf(node).get(cart)))
                .toList();
        assertThat(shown.stream().map(CartSnapshot::tag).distinct())
                .as("what the instances show of cart %s", cart)
                .hasSize(1);
        return shown.getFirst().state();
    }

    private void logIn(CartId customer, CartId guest) {
        OperationId id = OperationId.of(customer, "last login");
        await(cartsOf(cluster.ready().getFirst()).mergeGuest(customer, guest, id, true, null));
    }

    private <T> T await(CompletableFuture<T> future) {
        while (!future.isDone() && simulation.step()) {
            // The simulation is what makes progress
        }
        return future.join();
    }

    private Carts cartsOf(SimulatedNode node) {
        return carts.computeIfAbsent(node.store(), store -> rules.carts().apply(new CartRules.Backing(store, node)));
    }

    private static List<CartId> carts(String prefix) {
        return IntStream.range(0, 2).mapToObj(i -> new CartId(prefix + "-" + i)).toList();
    }

    /**
     * What a device has seen of a cart.
     *
     * @param clock as the context that it was given says it
     */
    private record Seen(Clock clock, List<Entry> entries) {

        /** @param before what it had seen when it asked, null if it did not say */
        static Seen of(CartSnapshot answer, Shown shown, @Nullable Seen before) {
            List<Entry> known = before == null ? List.of() : before.entries;
            boolean isShownNone = shown instanceof Shown.OrderOnly;
            return new Seen(
                    answer.contextFor(shown).clock(),
                    isShownNone ? known : List.copyOf(answer.state().entries().values()));
        }

        /** What an operation may take of it. */
        Set<OperationId> of(Operation operation) {
            return entries.stream()
                    .filter(entry -> switch (operation) {
                        case Operation.Remove remove -> entry.item().equals(remove.item());
                        case Operation.SetQuantity set -> entry.item().equals(set.item());
                        default -> true;
                    })
                    .map(Entry::operation)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** One device: does one thing after the other, and shows what it last saw. */
    private final class Shopper {

        private static final int TRIES = 4;

        private final int number;
        private final SeededRandom random;
        private final Map<CartId, Seen> seen = new HashMap<>();
        private final Set<String> keysUsed = new TreeSet<>();
        private int requests;

        Shopper(int number, SeededRandom random) {
            this.number = number;
            this.random = random;
        }

        void next() {
            if (!over) {
                simulation.after(random.between(1_000_000, 500_000_000), this::act);
            }
        }

        private void act() {
            int which = random.nextInt(CUSTOMERS.size());
            CartId cart = random.chance(0.7) ? CUSTOMERS.get(which) : GUESTS.get(which);
            int action = random.nextInt(100);
            if (action < 20) {
                look(cart);
            } else if (action < 27) {
                logIn(CUSTOMERS.get(which), GUESTS.get(which), ++requests, TRIES);
            } else {
                perform(cart, operation(cart, action), TRIES);
            }
        }

        private Operation operation(CartId cart, int action) {
            ItemId item = random.pick(ITEMS);
            int quantity = (int) random.between(1, 3);
            long price = random.between(1, 5) * 100;
            Clock context = context(cart);
            if (action < 65) {
                return add(cart, quantity, price);
            }
            OperationId id = rules.ids().apply(cart, newKey(cart));
            if (action < 78) {
                return new Operation.Remove(id, item, context, true);
            } else if (action < 90) {
                return new Operation.SetQuantity(id, item, quantity, price, context);
            } else if (action < 96) {
                return new Operation.Checkout(id, context);
            }
            return new Operation.Clear(id, context, true);
        }

        /** Sometimes a device uses one key for two requests: the same add, to the guest's cart and to the customer's. */
        private Operation add(CartId cart, int quantity, long price) {
            boolean sameKey = random.chance(0.2) && requests > 0 && !keysUsed.contains(cart + key(requests));
            String key = sameKey ? key(requests) : newKey(cart);
            keysUsed.add(cart + key);
            ItemId item = ITEMS.get(Math.floorMod(key.hashCode(), ITEMS.size()));
            return new Operation.Add(rules.ids().apply(cart, key), item, quantity, price);
        }

        private String newKey(CartId cart) {
            String key = key(++requests);
            keysUsed.add(cart + key);
            return key;
        }

        private String key(int request) {
            return "shopper " + number + " request " + request;
        }

        /** Mostly what it last saw, sometimes nothing, so that the server acts on what it sees itself. */
        private @Nullable Clock context(CartId cart) {
            Seen last = seen.get(cart);
            return last == null || random.chance(0.15) ? null : last.clock;
        }

        private void look(CartId cart) {
            send(node -> cartsOf(node).get(cart), (shown, _) -> {
                if (shown != null) {
                    tally.count("carts looked at");
                    seen.put(cart, Seen.of(shown, new Shown.Whole(), null));
                }
                next();
            });
        }

        private void logIn(CartId customer, CartId guest, int request, int triesLeft) {
            OperationId id = OperationId.of(customer, "shopper " + number + " login " + request, guest.name());
            oracle.sentLogin(guest, simulation.now());
            send(node -> cartsOf(node).mergeGuest(customer, guest, id, true, null), (merged, _) -> {
                tally.count(merged == null ? "logins not confirmed" : "logins");
                boolean again = triesLeft > 1 && random.chance(merged == null ? 0.8 : 0.1);
                if (again) {
                    tally.count("logins repeated");
                    simulation.after(
                            random.between(0, 1_500_000_000), () -> logIn(customer, guest, request, triesLeft - 1));
                } else {
                    next();
                }
            });
        }

        private void perform(CartId cart, Operation operation, int triesLeft) {
            Seen before = operation.seen() == null ? null : seen.get(cart);
            Shown shown = operation instanceof Operation.Checkout checkout
                    ? new Shown.OrderOnly(checkout.seen())
                    : new Shown.Whole();
            oracle.sent(cart, operation, before == null ? null : before.of(operation), simulation.now());
            simulation.log("shopper " + number + " tries " + operation);
            send(node -> cartsOf(node).apply(cart, operation, shown, null), (answer, problem) -> {
                if (answer != null) {
                    simulation.log("shopper " + number + " was confirmed " + operation.id());
                    tally.count("cart operations confirmed");
                    oracle.acknowledged(operation, answer, simulation.now());
                    if (random.chance(0.5)) {
                        seen.put(cart, Seen.of(answer, shown, before));
                    }
                } else if (problem instanceof CartProblem) {
                    tally.count("cart operations refused");
                    oracle.refused(operation, triesLeft == TRIES);
                } else {
                    tally.count("cart operations not confirmed");
                }
                boolean again = triesLeft > 1 && (answer == null ? random.chance(0.8) : random.chance(0.1));
                if (again && !(problem instanceof CartProblem)) {
                    tally.count("cart operations repeated");
                    simulation.after(random.between(0, 1_500_000_000), () -> perform(cart, operation, triesLeft - 1));
                } else {
                    next();
                }
            });
        }

        private <T> void send(
                Function<SimulatedNode, CompletableFuture<T>> request,
                BiConsumer<@Nullable T, @Nullable Throwable> then) {
            List<SimulatedNode> running =
                    cluster.nodes().stream().filter(SimulatedNode::isRunning).toList();
            if (running.isEmpty()) {
                simulation.after(100_000_000, () -> send(request, then));
                return;
            }
            SimulatedNode node = random.pick(running);
            CompletableFuture<T> answer = node.untilCrash(request.apply(node).copy());
            underWay++;
            simulation.when(answer, (value, problem) -> {
                underWay--;
                boolean expected = problem == null
                        || problem instanceof CartProblem
                        || problem instanceof StoreException
                        || problem instanceof UnfinishedMerge
                        || problem instanceof SimulatedProcess.InstanceDied;
                if (!expected) {
                    throw new AssertionError("an instance failed in a way that no client expects", problem);
                }
                then.accept(value, problem);
            });
        }
    }
}
