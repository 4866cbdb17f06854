package io.dynamocart.store.version;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last dot a node issued for a key, and which start of the node issued it. Kept beside the key on that node's own
 * disk, and never sent to another node.
 *
 * <p>A node goes on counting only where it holds such a record from its present start. In every other case (first
 * write since the start, key lost, received from elsewhere, reaped, disk wiped, an older backup put back) it becomes a
 * new actor, so that a dot is never issued twice (docs/invariants.md C2, D2 to D4).
 *
 * @param start random number of the node's start that issued the dot
 */
public record Mint(Dot dot, long start) {

    /**
     * The next dot for a key.
     *
     * @param last what is recorded beside the key, null where nothing is
     * @param node name of the node that issues
     * @param start random number of its present start
     * @param known every dot that the node or its client knows of for this key; one of the recorded actor above the
     *     record shows that the record is not the latest
     * @param births source of random births
     */
    public static Mint next(@Nullable Mint last, String node, long start, Clock known, LongSupplier births) {
        boolean remembers = last != null
                && last.start == start
                && last.dot.actor().node().equals(node)
                && known.highest(last.dot.actor()) <= last.dot.counter();
        if (last != null && remembers) {
            return new Mint(new Dot(last.dot.actor(), last.dot.counter() + 1), start);
        }
        return new Mint(new Dot(new Actor(node, births.getAsLong()), 1), start);
    }

    public void writeTo(ByteWriter out) {
        dot.writeTo(out);
        out.writeLong(start);
    }

    public static Mint readFrom(ByteReader in) {
        return new Mint(Dot.readFrom(in), in.readLong());
    }
}
