package io.dynamocart.store.membership;

import java.util.Comparator;

/** Who speaks of partitions that move under which plan. */
record Handover(PlanId plan, Incarnation by) implements Comparable<Handover> {

    private static final Comparator<Handover> ORDER =
            Comparator.comparing(Handover::plan).thenComparing(Handover::by);

    @Override
    public int compareTo(Handover other) {
        return ORDER.compare(this, other);
    }
}
