package io.dynamocart.store.membership;

import java.util.Comparator;

/** The name of what a node says of partitions that move under a plan: which plan, and who says it. */
record Handover(PlanId plan, Incarnation by) implements Comparable<Handover> {

    private static final Comparator<Handover> ORDER =
            Comparator.comparing(Handover::plan).thenComparing(Handover::by);

    @Override
    public int compareTo(Handover other) {
        return ORDER.compare(this, other);
    }
}
