package io.dynamocart.store.simulation;

import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What nodes risk that acknowledge writes ahead of their disks (docs/invariants.md D22). A write that fewer than W disks
 * had when a process died or a sync failed may not be met by the next R that are asked; one that no disk had then may be
 * lost, and so may one that fewer than W disks had before one of them lost something. Of nodes that do not buffer, none.
 */
final class RiskedWrites implements Observer {

    private static final Set<String> STOPS = Set.of("crashes", "failed syncs");

    /** An acknowledgement may be under way for so long after its node has died. */
    private static final long ECHO = Duration.ofSeconds(2).toNanos();

    private record Name(Key key, Dot dot) {}

    private final SimulatedCluster cluster;
    private final BiConsumer<Key, Dot> onDoubt;
    private final Set<Name> losable = new HashSet<>();
    private List<Name> unsettled = new ArrayList<>();
    private long lastTrouble = -ECHO;

    /** @param onDoubt told of each acknowledged write that not everybody has to meet from now on */
    RiskedWrites(SimulatedCluster cluster, BiConsumer<Key, Dot> onDoubt) {
        this.cluster = cluster;
        this.onDoubt = onDoubt;
    }

    /** A client was told that a write is done. */
    void acknowledged(Key key, Dot dot) {
        if (cluster.options().buffers()) {
            Name name = new Name(key, dot);
            unsettled.add(name);
            if (cluster.simulation().now() - lastTrouble < ECHO) {
                judge(name, false);
            }
        }
    }

    /** Whether it may be lost. */
    boolean mayLack(Key key, Dot dot) {
        return losable.contains(new Name(key, dot));
    }

    @Override
    public void count(String what) {
        boolean loss = Losses.isLoss(what);
        if (loss || STOPS.contains(what)) {
            lastTrouble = cluster.simulation().now();
            unsettled = new ArrayList<>(unsettled.stream()
                    .filter(name -> disks(name) < cluster.options().w())
                    .toList());
            unsettled.forEach(name -> judge(name, loss));
        }
    }

    private void judge(Name name, boolean loss) {
        long disks = disks(name);
        if (disks < cluster.options().w()) {
            onDoubt.accept(name.key, name.dot);
            if (loss || disks == 0) {
                losable.add(name);
            }
        }
    }

    private long disks(Name name) {
        return cluster.nodes().stream()
                .map(SimulatedNode::disk)
                .filter(disk -> disk.holds(name.key, name.dot))
                .count();
    }
}
