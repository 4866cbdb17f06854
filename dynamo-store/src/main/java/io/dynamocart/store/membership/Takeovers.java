package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.ring.Partition;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * New home replicas say that they hold all of their partitions, and answer and count for them from now on (DESIGN.md
 * §4). Worth nothing unless the plan was committed. Grows only.
 *
 * @param partitions by number, never changed once they are in here
 */
record Takeovers(NavigableMap<Takeover, BitSet> partitions) {

    static final Takeovers NONE = new Takeovers(new TreeMap<>());

    Takeovers {
        partitions = Collections.unmodifiableNavigableMap(partitions);
    }

    boolean contains(PlanId plan, Move move) {
        BitSet taken = partitions.get(new Takeover(plan, move.to()));
        return taken != null && taken.get(move.partition().index());
    }

    Takeovers with(PlanId plan, Incarnation by, Collection<Partition> more) {
        BitSet taken = new BitSet();
        more.forEach(partition -> taken.set(partition.index()));
        return taken.isEmpty()
                ? this
                : merge(new Takeovers(new TreeMap<>(Collections.singletonMap(new Takeover(plan, by), taken))));
    }

    Takeovers merge(Takeovers other) {
        NavigableMap<Takeover, BitSet> all = new TreeMap<>(partitions);
        other.partitions.forEach((takeover, taken) -> all.merge(takeover, taken, Takeovers::union));
        return new Takeovers(all);
    }

    void writeTo(ByteWriter out) {
        out.writeVarint(partitions.size());
        partitions.forEach((takeover, taken) -> {
            takeover.plan().writeTo(out);
            takeover.by().writeTo(out);
            out.writeBlock(taken.toByteArray());
        });
    }

    static Takeovers readFrom(ByteReader in) {
        NavigableMap<Takeover, BitSet> partitions = new TreeMap<>();
        for (int left = in.readCount(); left > 0; left--) {
            Takeover takeover = new Takeover(PlanId.readFrom(in), Incarnation.readFrom(in));
            partitions.put(takeover, BitSet.valueOf(in.readBlock()));
        }
        return new Takeovers(partitions);
    }

    private static BitSet union(BitSet left, BitSet right) {
        BitSet union = (BitSet) left.clone();
        union.or(right);
        return union;
    }
}
