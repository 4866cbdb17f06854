package io.dynamocart.store.coordination;

/**
 * Keeps what is done a second time a small share of what is done at all, so that a slow cluster is not made slower, nor
 * an overload kept alive, by doing everything twice. Every request earns a part of a second try. Not thread-safe.
 */
public final class RetryBudget {

    /**
     * Second tries for ten requests in a hundred, as is usual (Beyer et al., "Site Reliability Engineering", ch. 21).
     */
    private static final double RETRIES_PER_REQUEST = 0.1;

    /** Enough for all that is under way when a peer falls silent, until it is suspected. */
    private static final int MAX_RETRIES = 1_000;

    private static final int MAX_HEDGES = 20;

    private final double perRequest;
    private final int most;
    private double saved;

    private RetryBudget(double perRequest, int most) {
        if (perRequest < 0 || perRequest > 1) {
            throw new IllegalArgumentException("%s second tries per request is not 0 to 1".formatted(perRequest));
        }
        this.perRequest = perRequest;
        this.most = most;
        this.saved = most;
    }

    /**
     * For asking a second node when the first is slower than usual (Dean and Barroso, "The Tail at Scale", 2013).
     *
     * @param perRead hedges that each read earns, 0 to 1; 0.05 allows one more question in twenty reads
     */
    public static RetryBudget ofHedges(double perRead) {
        return new RetryBudget(perRead, MAX_HEDGES);
    }

    /** For turning to another node when the first is silent. */
    public static RetryBudget ofRetries() {
        return new RetryBudget(RETRIES_PER_REQUEST, MAX_RETRIES);
    }

    /** A request begins. */
    public void earn() {
        saved = Math.min(most, saved + perRequest);
    }

    /** Takes one second try if there is one. */
    public boolean spend() {
        if (saved < 1) {
            return false;
        }
        saved--;
        return true;
    }
}
