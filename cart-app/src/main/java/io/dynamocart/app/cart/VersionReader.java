package io.dynamocart.app.cart;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.util.List;
import java.util.Objects;

/**
 * Reads the carts that versions hold, and remembers the last ones: a version never changes, and the one that was written
 * last is the one that is read next. Thread-safe.
 */
final class VersionReader {

    private static final long MOST_ENTRIES = 50_000;

    private record Name(CartId cart, Dot dot) {}

    private final Cache<Name, CartState> known = Caffeine.newBuilder()
            .maximumWeight(MOST_ENTRIES)
            .weigher((Name name, CartState state) -> 1 + state.size())
            .executor(Runnable::run)
            .build();

    /** The carts that these versions hold; a tombstone holds none. */
    List<CartVersion> read(CartId cart, Versions versions) {
        return versions.live().stream().map(version -> read(cart, version)).toList();
    }

    /** Remembers what a version holds that was just written. */
    void remember(CartId cart, Dot dot, CartState state) {
        known.put(new Name(cart, dot), state);
    }

    private CartVersion read(CartId cart, Version version) {
        CartState state = known.get(
                new Name(cart, version.dot()),
                name -> CartCodec.decode(name.cart, Objects.requireNonNull(version.value()), name.dot));
        return new CartVersion(version.dot(), version.past(), version.writtenAt(), state);
    }
}
