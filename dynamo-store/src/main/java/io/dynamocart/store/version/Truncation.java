package io.dynamocart.store.version;

import java.util.List;

/**
 * The paper's clock truncation (§4.4): a past keeps the entries of the actors that wrote last and drops the oldest.
 *
 * <p>It is here because the paper has it, and off by default because of what it costs: a version no longer knows all
 * that it replaced, so obsolete versions come back as siblings. It cannot lose an acknowledged write, as it could in
 * the paper, since a node's next counter comes from its {@link Mint}, never from a clock (docs/invariants.md C4).
 *
 * @param most entries a past may have; the paper says 10. {@link Integer#MAX_VALUE} switches truncation off
 */
public record Truncation(int most) {

    private static final Truncation OFF = new Truncation(Integer.MAX_VALUE);

    public Truncation {
        if (most < 1) {
            throw new IllegalArgumentException("a past keeps at least 1 entry, not %d".formatted(most));
        }
    }

    public static Truncation off() {
        return OFF;
    }

    public boolean isOff() {
        return most == Integer.MAX_VALUE;
    }

    /** A past as it may be stored, and the ages that go with it. */
    record Past(Clock clock, Ages ages) {}

    /** @param known the versions that stand at the coordinator: what it knows about ages */
    Past apply(Clock past, Versions known) {
        if (isOff()) {
            return new Past(past, Ages.none());
        }
        Ages ages = Ages.of(known.list());
        List<Actor> youngest =
                past.actors().stream().sorted(ages.latestFirst()).limit(most).toList();
        return new Past(past.only(youngest), ages.only(youngest));
    }
}
