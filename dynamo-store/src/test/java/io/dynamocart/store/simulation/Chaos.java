package io.dynamocart.store.simulation;

import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Breaks a cluster, as often and in such ways as the seed says, and never more than it promises to survive: at most one
 * disk lacks what was acknowledged on it, until everything has been repaired from the others.
 */
public final class Chaos {

    private static final long LOOK = Duration.ofMillis(250).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final SimulatedCluster cluster;
    private final Simulation simulation;
    private final SeededRandom random;
    private final Options options;
    private final Convergence convergence;
    private final Upheaval upheaval;
    private final Set<Key> unrepaired = new TreeSet<>();
    private @Nullable SimulatedNode struck;
    private boolean over;

    /**
     * Which faults a run has, and how often, as mean seconds between two of a kind; 0 for never.
     *
     * @param destruction disks wiped or rolled back, keys lost, bits flipped
     * @param upheaval nodes joining, leaving and taking the place of others; with destruction, lost for good as well
     */
    public record Options(
            NetworkFaults network,
            DiskFaults disk,
            int crash,
            int pause,
            int cut,
            int destruction,
            int clockJump,
            int upheaval) {

        /** Draws the options themselves from the seed, so that runs differ in kind and not only in detail. */
        public static Options draw(SeededRandom random, boolean mayDestroy) {
            return new Options(
                    NetworkFaults.draw(random),
                    DiskFaults.draw(random),
                    maybe(random, 0.7, 4, 20),
                    maybe(random, 0.4, 4, 20),
                    maybe(random, 0.6, 3, 15),
                    mayDestroy ? maybe(random, 0.6, 4, 15) : 0,
                    maybe(random, 0.5, 3, 10),
                    maybe(random, 0.5, 2, 8));
        }

        /** The same without clocks that jump. */
        public Options withSteadyClocks() {
            return new Options(network, disk, crash, pause, cut, destruction, 0, upheaval);
        }

        private static int maybe(SeededRandom random, double probability, int low, int high) {
            int seconds = (int) random.between(low, high);
            return random.chance(probability) ? seconds : 0;
        }
    }

    public Chaos(SimulatedCluster cluster, Options options) {
        this.cluster = cluster;
        this.simulation = cluster.simulation();
        this.random = simulation.random("chaos");
        this.options = options;
        this.convergence = new Convergence(cluster);
        this.upheaval = new Upheaval(cluster, simulation.random("upheaval"), options.disk());
    }

    public void begin() {
        cluster.network().setFaults(options.network());
        cluster.nodes().forEach(node -> node.disk().setFaults(options.disk()));
        again(options.crash(), this::crash);
        again(options.pause(), this::pause);
        again(options.cut(), this::cut);
        again(options.destruction(), this::destroy);
        again(options.clockJump(), this::jumpClock);
        again(options.destruction(), node -> node.disk().backUp());
        again(options.upheaval(), upheaval::strike);
    }

    /** Stops breaking things; what is broken stays so until it is healed. */
    public void end() {
        over = true;
    }

    private void again(int meanSeconds, Consumer<SimulatedNode> fault) {
        if (meanSeconds == 0) {
            return;
        }
        simulation.after(random.between(0, 2L * meanSeconds * SECOND), () -> {
            if (!over) {
                fault.accept(random.pick(cluster.nodes()));
                again(meanSeconds, fault);
            }
        });
    }

    private void crash(SimulatedNode node) {
        if (node.isRunning()) {
            node.crash();
            simulation.after(random.between(0, 6 * SECOND), () -> {
                if (!over) {
                    node.start();
                }
            });
        }
    }

    private void pause(SimulatedNode node) {
        node.pause();
        simulation.after(random.between(0, 5 * SECOND), node::resume);
    }

    private void cut(SimulatedNode node) {
        boolean oneWay = random.chance(0.4);
        for (SimulatedNode other : cluster.nodes()) {
            if (!other.id().equals(node.id()) && random.chance(0.7)) {
                cluster.network().cut(node.id(), other.id());
                if (!oneWay) {
                    cluster.network().cut(other.id(), node.id());
                }
            }
        }
        simulation.after(random.between(0, 8 * SECOND), cluster.network()::heal);
    }

    /** One clock is wrong at a time: a cart may trust that most are right, no more. */
    private void jumpClock(SimulatedNode node) {
        simulation.log("clock of " + node.id() + " jumps");
        node.observer().count("clock jumps");
        cluster.nodes().forEach(each -> each.setClockError(Duration.ZERO));
        node.setClockError(Duration.ofSeconds(random.between(-100_000, 100_000)));
    }

    /** Damages the disk of one node; of another one only when everything was repaired since. */
    private void destroy(SimulatedNode node) {
        SimulatedNode last = struck;
        if (last != null && !last.id().equals(node.id())) {
            return;
        }
        if (last == null) {
            simulation.after(LOOK, this::lookForRepair);
        }
        struck = node;
        unrepaired.addAll(cluster.keys());
        if (random.chance(0.3)) {
            rot(node);
        } else if (options.upheaval() > 0 && random.chance(0.2) && upheaval.remove(node)) {
            simulation.log(node.id() + " is lost for good");
        } else {
            node.crash();
            strike(node);
            node.start();
        }
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

    private void strike(SimulatedNode node) {
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
