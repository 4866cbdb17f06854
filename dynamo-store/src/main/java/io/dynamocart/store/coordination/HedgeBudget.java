package io.dynamocart.store.coordination;

/**
 * Keeps hedged reads a small share of all reads, so that a slow cluster is not made slower by asking it twice (Dean and
 * Barroso, "The Tail at Scale", 2013). Every read earns a part of a hedge. Not thread-safe.
 */
public final class HedgeBudget {

    private static final int MOST_SAVED = 20;

    private final double perRead;
    private double saved = MOST_SAVED;

    /** @param perRead hedges that each read earns, 0 to 1; 0.05 allows one more question in twenty reads */
    public HedgeBudget(double perRead) {
        if (perRead < 0 || perRead > 1) {
            throw new IllegalArgumentException("%s hedges per read is not 0 to 1".formatted(perRead));
        }
        this.perRead = perRead;
    }

    void earn() {
        saved = Math.min(MOST_SAVED, saved + perRead);
    }

    /** Takes one hedge if there is one. */
    boolean spend() {
        if (saved < 1) {
            return false;
        }
        saved--;
        return true;
    }
}
