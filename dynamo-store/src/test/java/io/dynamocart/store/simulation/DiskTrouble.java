package io.dynamocart.store.simulation;

import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Disks that lose nothing, and are of no use for a while: slow, full, unreadable at some place, or with a sync that fails. */
final class DiskTrouble {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Simulation simulation;
    private final SeededRandom random;
    private final DiskFaults usual;
    private boolean over;

    /** @param usual how the disks are while they are not in trouble */
    DiskTrouble(Simulation simulation, SeededRandom random, DiskFaults usual) {
        this.simulation = simulation;
        this.random = random;
        this.usual = usual;
    }

    void end() {
        over = true;
    }

    void strike(SimulatedNode node) {
        switch (random.nextInt(4)) {
            case 0 -> fillUp(node);
            case 1 -> slowDown(node);
            case 2 -> hideAPlace(node);
            default -> failASync(node);
        }
    }

    private void fillUp(SimulatedNode node) {
        node.observer().count("disks full for a while");
        node.disk().setFull(true);
        simulation.after(random.between(0, 8 * SECOND), () -> node.disk().setFull(false));
    }

    private void slowDown(SimulatedNode node) {
        node.observer().count("disks slow for a while");
        node.disk().setFaults(usual.slower());
        simulation.after(random.between(0, 5 * SECOND), () -> {
            if (!over) {
                node.disk().setFaults(usual);
            }
        });
    }

    /** Less long than what makes a disk count as failed: trouble that passes. */
    private void hideAPlace(SimulatedNode node) {
        SimulatedDisk disk = node.disk();
        List<Key> keys = Stream.concat(disk.keys().stream(), disk.hintedKeys().stream())
                .distinct()
                .toList();
        if (!keys.isEmpty()) {
            disk.makeUnreadable(random.pick(keys));
            simulation.after(random.between(0, 8 * SECOND), disk::makeReadable);
        }
    }

    /** The node writes no more, so somebody starts it anew. */
    private void failASync(SimulatedNode node) {
        node.disk().failNextSync();
        simulation.after(random.between(SECOND, 6 * SECOND), () -> {
            if (!over && node.disk().hasFailed()) {
                node.crash();
                node.start();
            }
        });
    }
}
