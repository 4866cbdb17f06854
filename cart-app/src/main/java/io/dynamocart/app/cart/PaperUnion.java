package io.dynamocart.app.cart;

import io.dynamocart.app.cart.Fate.Rule;
import io.dynamocart.store.version.Dot;
import java.util.List;

/**
 * The merge of the paper (§4.4): the union of what any version holds. No add is ever lost, and "deleted items can
 * resurface". For comparison only.
 */
public final class PaperUnion implements MergeStrategy {

    @Override
    public String name() {
        return "paper-union";
    }

    @Override
    public Merge merge(List<CartVersion> versions) {
        Union union = new Union(versions);
        List<Dot> none = List.of();
        List<Fate> fates = union.entries().values().stream()
                .map(entry -> new Fate(entry, Rule.IN_THE_UNION, union.holdersOf(entry), none))
                .toList();
        return new Merge(union.with(union.entries().values()), fates);
    }
}
