package io.dynamocart.store.membership;

import java.util.Comparator;

/**
 * A home replica that goes on in a place, since whoever was to take it over was removed before that.
 *
 * @param node still answers and counts
 * @param insteadOf whose place it is by the plan
 */
record Caretaker(Incarnation node, Incarnation insteadOf) implements Comparable<Caretaker> {

    private static final Comparator<Caretaker> ORDER =
            Comparator.comparing(Caretaker::node).thenComparing(Caretaker::insteadOf);

    @Override
    public int compareTo(Caretaker other) {
        return ORDER.compare(this, other);
    }
}
