package io.dynamocart.store.membership;

import java.util.Comparator;

/** Who takes over under which plan. */
record Takeover(PlanId plan, Incarnation by) implements Comparable<Takeover> {

    private static final Comparator<Takeover> ORDER =
            Comparator.comparing(Takeover::plan).thenComparing(Takeover::by);

    @Override
    public int compareTo(Takeover other) {
        return ORDER.compare(this, other);
    }
}
