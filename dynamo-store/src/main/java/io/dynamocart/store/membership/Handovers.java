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
 * The statements of home replicas, old or new, about partitions that move under some plan. Worth nothing unless the
 * plan was committed. Grows only.
 *
 * @param partitions by number, never changed once they are in here
 */
record Handovers(NavigableMap<Handover, BitSet> partitions) {

    static final Handovers NONE = new Handovers(new TreeMap<>());

    Handovers {
        partitions = Collections.unmodifiableNavigableMap(partitions);
    }

    boolean contains(PlanId plan, Incarnation by, Partition partition) {
        BitSet named = partitions.get(new Handover(plan, by));
        return named != null && named.get(partition.index());
    }

    Handovers with(PlanId plan, Incarnation by, Collection<Partition> more) {
        BitSet named = new BitSet();
        more.forEach(partition -> named.set(partition.index()));
        return named.isEmpty()
                ? this
                : merge(new Handovers(new TreeMap<>(Collections.singletonMap(new Handover(plan, by), named))));
    }

    Handovers merge(Handovers other) {
        NavigableMap<Handover, BitSet> all = new TreeMap<>(partitions);
        other.partitions.forEach((handover, named) -> all.merge(handover, named, Handovers::union));
        return new Handovers(all);
    }

    void writeTo(ByteWriter out) {
        out.writeVarint(partitions.size());
        partitions.forEach((handover, named) -> {
            handover.plan().writeTo(out);
            handover.by().writeTo(out);
            out.writeBlock(named.toByteArray());
        });
    }

    static Handovers readFrom(ByteReader in) {
        NavigableMap<Handover, BitSet> partitions = new TreeMap<>();
        for (int left = in.readCount(); left > 0; left--) {
            Handover handover = new Handover(PlanId.readFrom(in), Incarnation.readFrom(in));
            partitions.put(handover, BitSet.valueOf(in.readBlock()));
        }
        return new Handovers(partitions);
    }

    private static BitSet union(BitSet left, BitSet right) {
        BitSet union = (BitSet) left.clone();
        union.or(right);
        return union;
    }
}
