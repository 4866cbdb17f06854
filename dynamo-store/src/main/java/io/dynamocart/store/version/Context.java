package io.dynamocart.store.version;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * A client's context, what it has seen of a key: it comes with every {@code get}, and goes with the {@code put} that
 * builds on it (paper §4.1, §4.4). Immutable.
 *
 * @param key the only key it is good for
 * @param heads the versions that were shown
 * @param past what else its client knows of: all that those versions replace
 * @param coordinator name of the home replica that answered the last read fastest (paper §5), null where none did
 */
public record Context(
        Key key, Clock heads, Clock past, @Nullable String coordinator) {

    /** The context of a client that has seen nothing. A put with it can only add a sibling. */
    public static Context none(Key key) {
        return new Context(key, Clock.empty(), Clock.empty(), null);
    }

    /** The context of a client that is shown these versions. */
    public static Context of(Key key, Versions shown, @Nullable String coordinator) {
        return new Context(key, shown.dots(), shown.clock(), coordinator);
    }

    public boolean isEmpty() {
        return heads.isEmpty() && past.isEmpty();
    }

    /** All dots that this context covers. */
    public Clock clock() {
        return past.join(heads);
    }

    /**
     * The context after a put: what was seen before, and the put itself. Never what else stands beside it by then,
     * which the client was not shown (docs/invariants.md C1).
     */
    public Context after(Dot put) {
        return new Context(key, Clock.of(put), clock(), coordinator);
    }

    /** Writes all but the key, which its reader knows. */
    public void writeTo(ByteWriter out) {
        out.writeString(coordinator == null ? "" : coordinator);
        heads.writeTo(out);
        past.writeTo(out);
    }

    /** Reads what {@link #writeTo} wrote. */
    public static Context readFrom(ByteReader in, Key key) {
        String coordinator = in.readString();
        Clock heads = Clock.readFrom(in);
        return new Context(key, heads, Clock.readFrom(in), coordinator.isEmpty() ? null : coordinator);
    }
}
