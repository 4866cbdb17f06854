package io.dynamocart.app.cart;

import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.version.Versions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cart laid open: what every replica holds, what becomes of it, and why.
 *
 * @param versions the versions that none of the others replaces, whoever holds them
 * @param merge what the strategy makes of them
 */
public record Explanation(
        CartId cart, MergeStrategy strategy, List<Copy> copies, List<CartVersion> versions, Merge merge) {

    /**
     * What one home replica holds.
     *
     * @param versions null if it did not answer
     * @param problem why it did not, null if it did
     */
    public record Copy(
            String node,
            @Nullable List<CartVersion> versions,
            @Nullable String problem) {

        static Copy of(CartId cart, ReplicaCopy copy, VersionReader reader) {
            Versions versions = copy.versions();
            return new Copy(copy.node(), versions == null ? null : reader.read(cart, versions), copy.problem());
        }
    }

    static Explanation of(CartId cart, List<ReplicaCopy> copies, VersionReader reader, MergeStrategy strategy) {
        Versions all = Versions.none();
        for (ReplicaCopy copy : copies) {
            Versions held = copy.versions();
            all = held == null ? all : all.merge(held);
        }
        List<CartVersion> versions = reader.read(cart, all);
        return new Explanation(
                cart,
                strategy,
                copies.stream().map(copy -> Copy.of(cart, copy, reader)).toList(),
                versions,
                strategy.merge(versions));
    }
}
