package io.dynamocart.app.cart;

import io.dynamocart.store.version.Clock;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a device of a {@link CartHistory} is shown.
 *
 * @param writes the numbers of the writes that the cart reflects
 */
record Shown(CartSnapshot cart, Set<Integer> writes) {

    /**
     * What a device has seen.
     *
     * @param clock as the context that it was given says it
     * @param writes the numbers of the writes that this names
     */
    record Seen(Clock clock, Set<Integer> writes) {
        static final Seen NOTHING = new Seen(Clock.empty(), Set.of());
    }

    /** What it has seen if it is shown the whole cart. */
    Seen all() {
        return new Seen(cart.context().clock(), writes);
    }

    /** What it has seen if it is shown one line, and had seen something before. */
    Seen line(ItemId item, Seen before, ExactCart exact) {
        Set<Integer> seen = new TreeSet<>(before.writes);
        seen.addAll(exact.birthsOf(item, writes));
        if (cart.written() != null) {
            seen.add(new TreeSet<>(writes).getLast());
        }
        return new Seen(cart.contextOfLine(item, before.clock).clock(), seen);
    }
}
