package io.dynamocart.app.cart;

import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.version.Versions;
import java.util.List;

/**
 * A cart laid open: what every replica holds, what becomes of it, and why.
 *
 * @param copies what each home replica said
 * @param versions the versions that none of the others replaces, whoever holds them
 * @param merge what the strategy makes of them
 */
public record Explanation(
        CartId cart, MergeStrategy strategy, List<ReplicaCopy> copies, List<CartVersion> versions, Merge merge) {

    static Explanation of(CartId cart, List<ReplicaCopy> copies, MergeStrategy strategy) {
        Versions all = Versions.none();
        for (ReplicaCopy copy : copies) {
            all = all.merge(copy.versions().orElse(Versions.none()));
        }
        List<CartVersion> versions = CartRead.versionsOf(all);
        return new Explanation(cart, strategy, List.copyOf(copies), versions, strategy.merge(versions));
    }
}
