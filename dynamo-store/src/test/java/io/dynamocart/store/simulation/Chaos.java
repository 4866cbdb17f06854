package io.dynamocart.store.simulation;

import java.time.Duration;
import java.util.function.Consumer;

/** Breaks a cluster, as often and in such ways as the seed says, and never more than it promises to survive. */
public final class Chaos {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final SimulatedCluster cluster;
    private final Simulation simulation;
    private final SeededRandom random;
    private final Options options;
    private final Upheaval upheaval;
    private final Destruction destruction;
    private final DiskTrouble diskTrouble;
    private boolean over;

    /**
     * Which faults a run has, and how often, as mean seconds between two of a kind; 0 for never.
     *
     * @param destruction disks wiped or rolled back, keys lost, bits flipped
     * @param upheaval nodes joining, leaving and taking the place of others; with destruction, lost for good as well
     * @param diskTrouble disks that are slow, full, or unreadable at some place for some seconds, and syncs that fail
     * @param flapping nodes that are cut off and back again every second
     */
    public record Options(
            NetworkFaults network,
            DiskFaults disk,
            int crash,
            int pause,
            int cut,
            int destruction,
            int clockJump,
            int upheaval,
            int diskTrouble,
            int flapping) {

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
                    maybe(random, 0.5, 2, 8),
                    maybe(random, 0.4, 3, 12),
                    maybe(random, 0.2, 6, 20));
        }

        /** The same without clocks that jump. */
        public Options withSteadyClocks() {
            return new Options(network, disk, crash, pause, cut, destruction, 0, upheaval, diskTrouble, flapping);
        }

        /** The same, and where disks may be destroyed at all, so often. */
        Options withDestructionEvery(int seconds) {
            int mean = destruction == 0 ? 0 : seconds;
            return new Options(network, disk, crash, pause, cut, mean, clockJump, upheaval, diskTrouble, flapping);
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
        this.upheaval = new Upheaval(cluster, simulation.random("upheaval"), options.disk());
        this.destruction = new Destruction(cluster, random, options.upheaval() > 0 ? upheaval : null);
        this.diskTrouble = new DiskTrouble(simulation, random, options.disk());
    }

    public void begin() {
        cluster.network().setFaults(options.network());
        cluster.nodes().forEach(node -> node.disk().setFaults(options.disk()));
        if (options.destruction() > 0) {
            destruction.lookForNewcomers();
        }
        again(options.crash(), this::crash);
        again(options.pause(), this::pause);
        again(options.cut(), this::cut);
        again(options.destruction(), destruction::strike);
        again(options.clockJump(), this::jumpClock);
        again(options.destruction(), node -> node.disk().backUp());
        again(options.upheaval(), upheaval::strike);
        again(options.diskTrouble(), diskTrouble::strike);
        again(options.flapping(), node -> flap(node, (int) random.between(2, 8)));
    }

    /** Stops breaking things; what is broken stays so until it is healed. */
    public void end() {
        over = true;
        destruction.end();
        diskTrouble.end();
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

    /** Cut off and back again, second by second. */
    private void flap(SimulatedNode node, int times) {
        cluster.network().heal();
        if (times == 0 || over) {
            return;
        }
        if (times % 2 != 0) {
            node.observer().count("nodes cut off for a second");
            for (SimulatedNode other : cluster.nodes()) {
                if (!other.id().equals(node.id())) {
                    cluster.network().cut(node.id(), other.id());
                    cluster.network().cut(other.id(), node.id());
                }
            }
        }
        simulation.after(SECOND, () -> flap(node, times - 1));
    }

    /** One clock is wrong at a time: a cart may trust that most are right, no more. */
    private void jumpClock(SimulatedNode node) {
        simulation.log("clock of " + node.id() + " jumps");
        node.observer().count("clock jumps");
        cluster.nodes().forEach(each -> each.setClockError(Duration.ZERO));
        node.setClockError(Duration.ofSeconds(random.between(-100_000, 100_000)));
    }
}
