package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.simulation.Tally;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a server of a {@link CartHistory} has read of a cart.
 *
 * @param read as the application sees it
 * @param writes the numbers of the writes that it must reflect
 */
record Sight(CartRead read, Set<Integer> writes, long time) {

    CartState state() {
        return read.state();
    }

    Context context() {
        return read.found().context();
    }

    /** As it is shown to whoever asked, where nothing is written. */
    ModelAnswer shown() {
        return new ModelAnswer(new CartSnapshot(read.cart(), state(), context(), null), writes);
    }

    boolean covers(Clock seen) {
        return context().clock().covers(seen);
    }

    /** The same, by a server that takes what was seen elsewhere or before for what it has read now. */
    Sight claiming(Clock seen) {
        GetResult found = read.found();
        Context claimed =
                new Context(context().key(), context().heads(), context().past().join(seen), null);
        GetResult overstated = new GetResult(
                found.versions(),
                claimed,
                found.homeReplicas(),
                found.standIns(),
                found.holders(),
                found.unanimous(),
                found.earliestClock(),
                found.latestClock());
        return new Sight(new CartRead(read.cart(), overstated, state()), writes, time);
    }

    /** Fails unless the cart is exactly what has become of it. */
    void mustBeExact(ExactCart exact) {
        assertThat(state().lines()).as("lines of %s", read.cart()).isEqualTo(exact.lines(writes));

        var orders = state().orders().values().stream().map(Sight::quantities).toList();
        var ever = exact.orders(writes, _ -> true);
        var remembered = exact.orders(writes, checkout -> checkout.time() > time - CartHistory.REMEMBERED);
        assertThat(orders).hasSizeBetween(remembered.size(), ever.size()).containsAll(remembered);
        assertThat(ever).containsAll(orders);
        if (orders.size() == ever.size()) {
            assertThat(state().conflictingOrders()).hasSize((int) exact.conflictingOrders(writes));
        }
    }

    /** Fails unless the clock names exactly what the cart reflects, the births of its entries among it. */
    void mustHaveExactPast(ModelCart cart) {
        Clock clock = context().clock();
        assertThat(clock).isEqualTo(cart.clockOf(writes));
        assertThat(state().entries().values()).flatMap(Entry::births).allMatch(clock::contains);
    }

    void count(Tally tally) {
        tally.count("reads");
        if (read.found().versions().list().size() > 1) {
            tally.count("reads of siblings");
        }
        if (state().entries().values().stream().anyMatch(entry -> entry.births().size() > 1)) {
            tally.count("reads of entries born twice");
        }
        if (state().conflictingOrders().size() > 1) {
            tally.count("reads of conflicting orders");
        }
    }

    private static Map<ItemId, Long> quantities(Order order) {
        Map<ItemId, Long> quantities = new TreeMap<>();
        order.lines().forEach(line -> quantities.put(line.item(), line.quantity()));
        return quantities;
    }
}
