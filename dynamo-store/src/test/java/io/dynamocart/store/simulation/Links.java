package io.dynamocart.store.simulation;

import io.dynamocart.store.ring.NodeId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The links of one process to others: which addresses it wants, and which processes it has reached there. */
final class Links {

    private final TreeSet<String> wanted = new TreeSet<>();
    /** Those that it has, or tries to reach. */
    private final TreeSet<String> begun = new TreeSet<>();

    private final Map<NodeId, SimulatedProcess> targets = new TreeMap<>();
    private final Map<NodeId, String> addresses = new TreeMap<>();

    /** Whether there is nothing of this address yet. */
    boolean begin(String address) {
        wanted.add(address);
        return begun.add(address);
    }

    void letGo(String address) {
        wanted.remove(address);
    }

    /** Whether it is still to be reached; if not, that is over. */
    boolean goesOn(String address) {
        boolean goesOn = wanted.contains(address);
        if (!goesOn) {
            begun.remove(address);
        }
        return goesOn;
    }

    void open(String address, SimulatedProcess target) {
        targets.put(target.id(), target);
        addresses.put(target.id(), address);
    }

    @Nullable
    SimulatedProcess target(NodeId peer) {
        return targets.get(peer);
    }

    /** Closes the link to {@code peer} and returns its address, null if there was none. */
    @Nullable
    String close(NodeId peer) {
        targets.remove(peer);
        return addresses.remove(peer);
    }

    List<NodeId> peers() {
        return List.copyOf(targets.keySet());
    }
}
