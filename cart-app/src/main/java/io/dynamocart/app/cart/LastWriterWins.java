package io.dynamocart.app.cart;

import io.dynamocart.app.cart.Fate.Rule;
import io.dynamocart.store.version.Dot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The merge of most stores: the version with the latest clock, and all others are thrown away (paper §6, "last write
 * wins"). Loses adds that were acknowledged, as many as were written concurrently. For comparison only.
 */
public final class LastWriterWins implements MergeStrategy {

    private static final Comparator<CartVersion> BY_CLOCK =
            Comparator.comparing(CartVersion::writtenAt).thenComparing(CartVersion::dot);

    @Override
    public String name() {
        return "last-writer-wins";
    }

    @Override
    public Merge merge(List<CartVersion> versions) {
        Optional<CartVersion> latest = versions.stream().max(BY_CLOCK);
        if (latest.isEmpty()) {
            return new Merge(CartState.empty(), List.of());
        }
        CartState winner = latest.get().state();
        List<Dot> decidedBy = List.of(latest.get().dot());
        Union union = new Union(versions);
        List<Fate> fates = union.entries().values().stream()
                .map(entry -> new Fate(
                        entry,
                        winner.entries().containsKey(entry.operation()) ? Rule.IN_THE_LATEST : Rule.NOT_IN_THE_LATEST,
                        union.holdersOf(entry),
                        decidedBy))
                .toList();
        return new Merge(winner, fates);
    }
}
