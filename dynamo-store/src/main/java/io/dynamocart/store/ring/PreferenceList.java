package io.dynamocart.store.ring;

import java.util.List;

/**
 * Every node, in the order in which it is responsible for a partition (paper §4.3): first the N home replicas, which
 * are distinct nodes and lie in distinct zones while there are enough, then the stand-ins in clockwise order.
 *
 * @param nodes all nodes of the ring, each once
 * @param homes how many of them, from the front, are home replicas
 */
public record PreferenceList(Partition partition, List<NodeId> nodes, int homes) {

    public PreferenceList {
        if (homes < 1 || homes > nodes.size()) {
            throw new IllegalArgumentException("%d home replicas among %d nodes".formatted(homes, nodes.size()));
        }
        nodes = List.copyOf(nodes);
    }

    public List<NodeId> home() {
        return nodes.subList(0, homes);
    }

    /** Those home replicas that take part in a request of {@code n}. */
    public List<NodeId> home(int n) {
        return nodes.subList(0, Math.min(n, homes));
    }

    public List<NodeId> standIns() {
        return nodes.subList(homes, nodes.size());
    }

    public boolean isHome(NodeId node) {
        return home().contains(node);
    }
}
