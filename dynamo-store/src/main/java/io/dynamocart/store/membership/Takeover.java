package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.Partitioning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A new home replica says that it holds all of a partition, and answers and counts for it from now on (DESIGN.md §4).
 * Worth nothing unless its plan was committed.
 */
record Takeover(PlanId plan, Incarnation by, Partition partition) implements Comparable<Takeover> {

    private static final int MAX_PARTITION = 4 * Partitioning.MAX_PARTITIONS;
    private static final Partition FIRST = new Partition(0);
    private static final Comparator<Takeover> ORDER =
            Comparator.comparing(Takeover::plan).thenComparing(Takeover::by).thenComparing(Takeover::partition);

    @Override
    public int compareTo(Takeover other) {
        return ORDER.compare(this, other);
    }

    /** Writes them with each plan and node named once. */
    static void writeAll(NavigableSet<Takeover> takeovers, ByteWriter out) {
        Map<Takeover, List<Partition>> groups = new TreeMap<>();
        takeovers.forEach(takeover -> groups.computeIfAbsent(takeover.at(FIRST), _ -> new ArrayList<>())
                .add(takeover.partition));
        out.writeVarint(groups.size());
        groups.forEach((head, partitions) -> {
            head.plan.writeTo(out);
            head.by.writeTo(out);
            out.writeVarint(partitions.size());
            partitions.forEach(partition -> out.writeVarint(partition.index()));
        });
    }

    static NavigableSet<Takeover> readAll(ByteReader in) {
        NavigableSet<Takeover> takeovers = new TreeSet<>();
        for (int groups = in.readCount(); groups > 0; groups--) {
            Takeover head = new Takeover(PlanId.readFrom(in), Incarnation.readFrom(in), FIRST);
            for (int left = in.readCount(); left > 0; left--) {
                takeovers.add(head.at(new Partition(in.readInt(MAX_PARTITION))));
            }
        }
        return takeovers;
    }

    private Takeover at(Partition other) {
        return new Takeover(plan, by, other);
    }
}
