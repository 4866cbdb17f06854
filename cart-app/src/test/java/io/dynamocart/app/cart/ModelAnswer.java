package io.dynamocart.app.cart;

import io.dynamocart.store.version.Clock;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a server of a {@link CartHistory} answers.
 *
 * @param writes the numbers of the writes that the cart reflects
 */
record ModelAnswer(CartSnapshot cart, Set<Integer> writes) {

    /**
     * What a device has seen.
     *
     * @param clock as the context that it was given says it
     * @param writes the numbers of the writes that this names
     */
    record Seen(Clock clock, Set<Integer> writes) {
        static final Seen NOTHING = new Seen(Clock.empty(), Set.of());
    }

    /**
     * What its device has seen by then.
     *
     * @param before what it had seen when it asked
     */
    Seen seen(Shown shown, Seen before, ModelCart model) {
        Set<Integer> seen = new TreeSet<>(before.writes);
        switch (shown) {
            case Shown.Whole _ -> seen = writes;
            case Shown.OneLine line -> {
                seen.addAll(model.exact().birthsOf(line.item()::equals, writes));
                if (cart.written() != null) {
                    seen.add(new TreeSet<>(writes).getLast());
                }
            }
            case Shown.OrderOnly _ -> {
                Set<Integer> newest = model.numbersOf(cart.context().heads());
                if (newest.stream().noneMatch(model.exact().birthsOf(_ -> true, writes)::contains)) {
                    seen.addAll(newest);
                }
            }
        }
        return new Seen(model.told(cart, shown), seen);
    }
}
