package io.dynamocart.app.cart;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.util.List;

/**
 * A cart as it was read: the versions that the store returned, merged.
 *
 * @param found what the store returned, and the context to write with
 */
record CartRead(CartId cart, GetResult found, CartState state) {

    static CartRead of(CartId cart, GetResult found, MergeStrategy strategy) {
        return new CartRead(cart, found, strategy.merge(versionsOf(found.versions())).state());
    }

    /** The carts that these versions hold; a tombstone holds none. */
    static List<CartVersion> versionsOf(Versions versions) {
        return versions.live().stream().map(CartRead::versionOf).toList();
    }

    private static CartVersion versionOf(Version version) {
        return new CartVersion(
                version.dot(),
                version.past(),
                version.writtenAt(),
                CartCodec.decode(version.value().orElseThrow(), version.dot()));
    }
}
