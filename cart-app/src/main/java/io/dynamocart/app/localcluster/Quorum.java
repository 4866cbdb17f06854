package io.dynamocart.app.localcluster;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The R and W of all requests, which can be changed while the instances run, to see what each costs. Thread-safe.
 */
public final class Quorum {

    /**
     * What a request needs.
     *
     * @param r replicas that must answer a read
     * @param w nodes that must have a write on disk
     */
    public record Size(int r, int w) {}

    private final AtomicReference<@Nullable Size> size = new AtomicReference<>();

    /** From the next request on. */
    public void set(Size newSize) {
        size.set(newSize);
    }

    /** None while it is what the instances were started with. */
    Optional<Size> size() {
        return Optional.ofNullable(size.get());
    }
}
