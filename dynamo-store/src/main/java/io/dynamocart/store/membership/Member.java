package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Seat;

/**
 * A node as the others know it.
 *
 * @param address host and port of its node port, as its peers reach it
 * @param zone what may fail as a whole with it; replicas of a key go to different zones
 * @param weight how large a share of the ring it takes, at least 1
 * @param number of its {@link Incarnation}
 */
public record Member(NodeId id, String address, String zone, int weight, long number) implements Comparable<Member> {

    private static final int MAX_WEIGHT = 1_000;

    public Member {
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight %d of %s is not 1 to %d".formatted(weight, id, MAX_WEIGHT));
        }
    }

    /** A node that has drawn no number for its incarnation yet. */
    public Member(NodeId id, String address, String zone, int weight) {
        this(id, address, zone, weight, 0);
    }

    /** This node in the incarnation of the given number. */
    public Member incarnated(long drawn) {
        return new Member(id, address, zone, weight, drawn);
    }

    public Incarnation incarnation() {
        return new Incarnation(id, number);
    }

    public Seat seat() {
        return new Seat(id, zone, weight);
    }

    @Override
    public int compareTo(Member other) {
        return id.compareTo(other.id);
    }

    public void writeTo(ByteWriter out) {
        out.writeString(id.name())
                .writeString(address)
                .writeString(zone)
                .writeVarint(weight)
                .writeLong(number);
    }

    public static Member readFrom(ByteReader in) {
        try {
            return new Member(
                    new NodeId(in.readString()),
                    in.readString(),
                    in.readString(),
                    in.readInt(MAX_WEIGHT),
                    in.readLong());
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not a member", e);
        }
    }
}
