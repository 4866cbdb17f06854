package io.dynamocart.app.cart;

import io.dynamocart.app.cart.Fate.Rule;
import io.dynamocart.store.version.Dot;
import java.util.ArrayList;
import java.util.List;

/**
 * The merge that is written (an observed-remove set, Bieniusa et al. 2012, on the store's own clocks).
 *
 * <p>Take an entry that one version holds and another does not. Either the other's writer had seen it, then it was
 * removed there and is gone; or it had not, then it is kept. The clocks tell which: every entry carries the dots of the
 * versions that brought it in, and every version the dots of all that it reflects. An entry whose operation is
 * remembered as undone is gone in any case, whatever brought it in, for it may be a late try of a request whose first
 * try was removed long ago.
 *
 * <p>So an add is lost only to a remove that saw it, and a removed line stays removed. Not final, so that tests can
 * break it on purpose.
 */
public class ObservedRemove implements MergeStrategy {

    public static final String NAME = "observed-remove";

    @Override
    public final String name() {
        return NAME;
    }

    @Override
    public final Merge merge(List<CartVersion> versions) {
        Union union = new Union(versions);
        List<Fate> fates = new ArrayList<>();
        List<Entry> kept = new ArrayList<>();
        for (Entry entry : union.entries().values()) {
            Fate fate = fateOf(entry, union);
            fates.add(fate);
            if (fate.rule().keeps()) {
                kept.add(entry);
            }
        }
        return new Merge(union.with(kept), fates);
    }

    private Fate fateOf(Entry entry, Union union) {
        List<Dot> holders = union.holdersOf(entry);
        List<Dot> rememberedBy = union.dotsOf(version -> remembersAsUndone(version, entry));
        if (!rememberedBy.isEmpty()) {
            return new Fate(entry, Rule.REMEMBERED_AS_REMOVED, holders, rememberedBy);
        }
        List<Dot> removedBy = union.dotsOf(version -> !holders.contains(version.dot()) && hasSeen(version, entry));
        if (!removedBy.isEmpty()) {
            return new Fate(entry, Rule.REMOVED, holders, removedBy);
        }
        List<Dot> others = union.dotsOf(version -> !holders.contains(version.dot()));
        return new Fate(entry, others.isEmpty() ? Rule.IN_EVERY_VERSION : Rule.UNKNOWN_TO_OTHERS, holders, others);
    }

    /** Whether the version remembers that the entry was removed or replaced. */
    boolean remembersAsUndone(CartVersion version, Entry entry) {
        return version.state().remembered().containsKey(entry.operation());
    }

    /** Whether the version's writer had seen the entry. */
    boolean hasSeen(CartVersion version, Entry entry) {
        return version.hasSeen(entry);
    }
}
