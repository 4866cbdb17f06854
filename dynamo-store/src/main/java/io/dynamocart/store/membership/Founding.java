package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.ring.Claim;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.ring.Seat;
import java.util.ArrayList;
import java.util.List;

/**
 * The birth of a cluster: what is fixed for its whole life, and who was there. The seeds found it once they have all
 * met, and since each of them writes down the same, it does not matter which of them does so first.
 *
 * @param partitions number of equal partitions (Q, paper §6.2), fixed for ever
 * @param homes home replicas per key (N)
 * @param members the founders, ascending
 */
public record Founding(int partitions, int homes, List<Member> members) {

    public static final int MAX_PARTITIONS = 1 << 16;
    public static final int MAX_HOMES = 64;

    public Founding {
        members = members.stream().sorted().toList();
        if (members.stream().map(Member::id).distinct().count() < members.size()) {
            throw new IllegalArgumentException("two founders have the same node id: " + members);
        }
        if (members.isEmpty() || partitions < members.size() || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    "%d partitions for %d members: give each at least one, and at most %d in all"
                            .formatted(partitions, members.size(), MAX_PARTITIONS));
        }
        if (homes < 1 || homes > MAX_HOMES) {
            throw new IllegalArgumentException("%d home replicas is not 1 to %d".formatted(homes, MAX_HOMES));
        }
    }

    /** The ring as it was at birth. */
    public Ring ring() {
        List<Seat> seats = members.stream().map(Member::seat).toList();
        return Ring.ofEqualPartitions(Claim.forNewRing(seats, partitions, homes), seats, homes);
    }

    void writeTo(ByteWriter out) {
        out.writeVarint(partitions).writeVarint(homes).writeVarint(members.size());
        members.forEach(member -> member.writeTo(out));
    }

    static Founding readFrom(ByteReader in) {
        int partitions = in.readInt(MAX_PARTITIONS);
        int homes = in.readInt(MAX_HOMES);
        List<Member> members = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            members.add(Member.readFrom(in));
        }
        try {
            return new Founding(partitions, homes, members);
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not a founding", e);
        }
    }
}
