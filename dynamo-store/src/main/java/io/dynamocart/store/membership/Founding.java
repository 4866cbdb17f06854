package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.ring.Layout;
import io.dynamocart.store.ring.Partitioning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The birth of a cluster: what is fixed for its whole life, and who was there. The seeds found it once they have all
 * met, and since each of them writes down the same, it does not matter which of them does so first.
 *
 * <p>Where clusters of one name were founded apart by mistake and meet, the one that comes first takes in the others:
 * that of more founders, or else the one whose bytes come first.
 *
 * @param partitioning how its ring is cut and handed out
 * @param homes home replicas per key (N)
 * @param members the founders, ascending
 */
public record Founding(Partitioning partitioning, int homes, List<Member> members) implements Comparable<Founding> {

    public static final int MAX_PARTITIONS = Partitioning.MAX_PARTITIONS;
    public static final int MAX_HOMES = 64;

    public Founding {
        members = members.stream().sorted().toList();
        if (members.stream().map(Member::id).distinct().count() < members.size()) {
            throw new IllegalArgumentException("two founders have the same node id: " + members);
        }
        Layout.check(partitioning, members.stream().map(Member::seat).toList());
        if (homes < 1 || homes > MAX_HOMES) {
            throw new IllegalArgumentException("%d home replicas is not 1 to %d".formatted(homes, MAX_HOMES));
        }
    }

    /** A cluster of strategy 3 with this many equal partitions (Q). */
    public Founding(int partitions, int homes, List<Member> members) {
        this(new Partitioning.EqualShares(partitions), homes, members);
    }

    /** How many partitions the cluster had at birth. */
    public int partitions() {
        return switch (partitioning) {
            case Partitioning.EqualShares(int count) -> count;
            case Partitioning.RandomTokensEqualPartitions(int count, _, _) -> count;
            case Partitioning.RandomTokens(int tokens, _) ->
                tokens * members.stream().mapToInt(Member::weight).sum();
        };
    }

    /** The layout of the ring at birth: who owned what. */
    public Layout layout() {
        return Layout.of(partitioning, homes, members.stream().map(Member::seat).toList());
    }

    @Override
    public int compareTo(Founding other) {
        if (equals(other)) {
            return 0;
        }
        int byFounders = Integer.compare(other.members.size(), members.size());
        return byFounders != 0 ? byFounders : Arrays.compareUnsigned(bytes(), other.bytes());
    }

    void writeTo(ByteWriter out) {
        PartitioningCodec.write(partitioning, out);
        out.writeVarint(homes).writeVarint(members.size());
        members.forEach(member -> member.writeTo(out));
    }

    static Founding readFrom(ByteReader in) {
        Partitioning partitioning = PartitioningCodec.read(in);
        int homes = in.readInt(MAX_HOMES);
        List<Member> members = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            members.add(Member.readFrom(in));
        }
        try {
            return new Founding(partitioning, homes, members);
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not a founding", e);
        }
    }

    private byte[] bytes() {
        ByteWriter out = new ByteWriter();
        writeTo(out);
        return out.toByteArray();
    }
}
