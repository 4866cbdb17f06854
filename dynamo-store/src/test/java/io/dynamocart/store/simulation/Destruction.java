package io.dynamocart.store.simulation;

import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Disks that lose what was acknowledged on them: at most one at a time, until everything has been repaired from the
 * others.
 */
final class Destruction {

    private static final long LOOK = Duration.ofMillis(250).toNanos();

    /** Much less than they take to get their first partition. */
    private static final long LOOK_FOR_NEWCOMERS = Duration.ofMillis(20).toNanos();

    private final SimulatedCluster cluster;
    private final Simulation simulation;
    private final SeededRandom random;
    private final SeededRandom newcomers;
    private final @Nullable Upheaval upheaval;
    private final Convergence convergence;
    private final Set<Key> unrepaired = new TreeSet<>();
    private @Nullable SimulatedNode struck;
    private boolean over;

    /** @param upheaval removes nodes whose disks are lost for good; null if none are */
    Destruction(SimulatedCluster cluster, SeededRandom random, @Nullable Upheaval upheaval) {
        this.cluster = cluster;
        this.simulation = cluster.simulation();
        this.random = random;
        this.newcomers = simulation.random("newcomers");
        this.upheaval = upheaval;
        this.convergence = new Convergence(cluster);
    }

    void end() {
        over = true;
    }

    /**
     * Damages the disk of one node; of another one only when everything was repaired since, and not the last one that
     * there is.
     */
    void strike(SimulatedNode node) {
        SimulatedNode last = struck;
        boolean another = last != null && !last.id().equals(node.id());
        if (another || cluster.isTooSmall()) {
            return;
        }
        begin(node);
        if (random.chance(0.3)) {
            rot(node);
        } else if (upheaval != null && random.chance(0.2) && upheaval.remove(node)) {
            simulation.log(node.id() + " is lost for good");
        } else {
            node.crash();
            damage(node);
            node.start();
        }
    }

    /** Now and then, if there is an upheaval at all, a plan loses all those that it brings, before they have anything. */
    void lookForNewcomers() {
        if (upheaval != null && !over) {
            strikeNewcomers(upheaval);
            simulation.after(LOOK_FOR_NEWCOMERS, this::lookForNewcomers);
        }
    }

    /** All at once, whatever they are to get: nobody was told that anything is on their disks. */
    private void strikeNewcomers(Upheaval operators) {
        List<SimulatedNode> lost = struck == null ? operators.newcomers() : List.of();
        if (!lost.isEmpty() && newcomers.chance(0.5)) {
            lost.stream().filter(each -> operators.removeNewcomer(each)).forEach(this::begin);
        }
    }

    private void begin(SimulatedNode node) {
        if (struck == null) {
            simulation.after(LOOK, this::lookForRepair);
        }
        struck = node;
        unrepaired.addAll(cluster.keys());
    }

    /** What has been alike on all its home replicas since has all that was acknowledged before, whoever is next. */
    private void lookForRepair() {
        unrepaired.removeIf(convergence::isAlike);
        if (unrepaired.isEmpty()) {
            struck = null;
        } else if (!over) {
            simulation.after(LOOK, this::lookForRepair);
        }
    }

    /** A disk loses things while a process runs, that has some of them in memory. */
    private void rot(SimulatedNode node) {
        SimulatedDisk disk = node.disk();
        node.observer().count("disks rotting under a process");
        disk.keys().stream().filter(key -> random.chance(0.3)).forEach(random.chance(0.5) ? disk::lose : disk::flipBit);
    }

    private void damage(SimulatedNode node) {
        SimulatedDisk disk = node.disk();
        List<Key> keys = disk.keys();
        switch (random.nextInt(6)) {
            case 0 -> disk.wipe();
            case 1, 2, 3 -> {
                if (disk.ageOfBackup().compareTo(cluster.options().oldestBackup()) < 0) {
                    disk.rollBack();
                } else {
                    disk.wipe();
                }
            }
            case 4 -> keys.stream().filter(key -> random.chance(0.5)).forEach(disk::lose);
            default -> keys.stream().filter(key -> random.chance(0.5)).forEach(disk::flipBit);
        }
    }
}
