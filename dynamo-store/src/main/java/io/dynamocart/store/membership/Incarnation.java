package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.ring.NodeId;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * One life of a node, from an empty disk to the loss of that disk. A node that comes back after it was removed, or with
 * nothing in memory of what it has promised, is another one (docs/invariants.md D17).
 *
 * @param number drawn at random when the disk was empty, and kept on it
 */
public record Incarnation(NodeId node, long number) implements Comparable<Incarnation> {

    private static final Comparator<Incarnation> ORDER =
            Comparator.comparing(Incarnation::node).thenComparingLong(Incarnation::number);

    @Override
    public int compareTo(Incarnation other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%s#%s".formatted(node, Long.toHexString(number));
    }

    void writeTo(ByteWriter out) {
        out.writeString(node.name()).writeLong(number);
    }

    static Incarnation readFrom(ByteReader in) {
        return new Incarnation(new NodeId(in.readString()), in.readLong());
    }

    static void writeAll(NavigableSet<Incarnation> incarnations, ByteWriter out) {
        out.writeVarint(incarnations.size());
        incarnations.forEach(incarnation -> incarnation.writeTo(out));
    }

    static NavigableSet<Incarnation> readAll(ByteReader in) {
        NavigableSet<Incarnation> incarnations = new TreeSet<>();
        for (int left = in.readCount(); left > 0; left--) {
            incarnations.add(readFrom(in));
        }
        return incarnations;
    }
}
