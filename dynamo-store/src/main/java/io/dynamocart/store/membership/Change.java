package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of the membership that was decided on (paper §4.8.1): by an operator, by a node that was set up to join, or
 * since a node is back without its disk. No outage ever is one.
 */
public sealed interface Change {

    /** A node comes in. */
    record Join(Member member) implements Change {}

    /** A node hands over what it holds and goes. */
    record Leave(Incarnation node) implements Change {}

    /**
     * A node goes and another takes its place: with equal shares and like weights its partitions, but for a few where
     * the shares do not come out even. Where both have one name, the node has lost its disk and is back, and its former
     * incarnation counts as force-removed.
     */
    record Replace(Incarnation node, Member successor) implements Change {}

    /** A node is gone for good and is waited for no longer; the others copy from one another what it held. */
    record ForceRemove(Incarnation node) implements Change {}

    /** A member gets another address, zone or weight. */
    record Alter(Member member) implements Change {}

    static void writeAll(List<Change> changes, ByteWriter out) {
        out.writeVarint(changes.size());
        changes.forEach(change -> write(change, out));
    }

    static List<Change> readAll(ByteReader in) {
        List<Change> changes = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            changes.add(read(in));
        }
        return changes;
    }

    private static void write(Change change, ByteWriter out) {
        switch (change) {
            case Join(Member member) -> member.writeTo(out.writeByte(1));
            case Leave(Incarnation node) -> node.writeTo(out.writeByte(2));
            case Replace(Incarnation node, Member successor) -> {
                node.writeTo(out.writeByte(3));
                successor.writeTo(out);
            }
            case ForceRemove(Incarnation node) -> node.writeTo(out.writeByte(4));
            case Alter(Member member) -> member.writeTo(out.writeByte(5));
        }
    }

    private static Change read(ByteReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new Join(Member.readFrom(in));
            case 2 -> new Leave(Incarnation.readFrom(in));
            case 3 -> new Replace(Incarnation.readFrom(in), Member.readFrom(in));
            case 4 -> new ForceRemove(Incarnation.readFrom(in));
            case 5 -> new Alter(Member.readFrom(in));
            default -> throw new MalformedBytesException("change %d is not known here".formatted(kind));
        };
    }
}
