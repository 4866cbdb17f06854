package io.dynamocart.store.ring;

import java.util.List;

/**
 * Every node, in the order in which it is responsible for a partition (paper §4.3): first the home replicas, which are
 * distinct nodes and lie in distinct zones while there are enough, then the stand-ins in clockwise order.
 *
 * <p>While a partition moves (paper §4.9), the nodes that are about to become homes are <em>joining</em>: they get
 * every write as the homes do, but neither answer nor count for R and W, since they do not hold everything yet. Like
 * any other node that is no home they may be asked to stand in for one.
 *
 * @param nodes all nodes of the ring, each once
 * @param homes how many of them, from the front, are home replicas; 0 for a moment only, while the one there was has
 *     stopped and the next has not begun
 * @param joining those of the others that get every write as well
 */
public record PreferenceList(Partition partition, List<NodeId> nodes, int homes, List<NodeId> joining) {

    public PreferenceList {
        if (homes < 0 || homes > nodes.size() || nodes.isEmpty()) {
            throw new IllegalArgumentException("%d home replicas among %d nodes".formatted(homes, nodes.size()));
        }
        nodes = List.copyOf(nodes);
        joining = List.copyOf(joining);
        if (!nodes.subList(homes, nodes.size()).containsAll(joining)) {
            throw new IllegalArgumentException("%s join, and are not all among the other nodes".formatted(joining));
        }
    }

    /** A list of a partition that does not move. */
    public PreferenceList(Partition partition, List<NodeId> nodes, int homes) {
        this(partition, nodes, homes, List.of());
    }

    public List<NodeId> home() {
        return nodes.subList(0, homes);
    }

    /** The home replicas that take part in a request of {@code n}. */
    public List<NodeId> home(int n) {
        return nodes.subList(0, Math.min(n, homes));
    }

    public List<NodeId> standIns() {
        return nodes.subList(homes, nodes.size());
    }

    public boolean isHome(NodeId node) {
        return home().contains(node);
    }

    /**
     * Whether the node is to see to what one home replica does for all home replicas; nobody is while there is none.
     */
    public boolean isFirstHome(NodeId node) {
        return homes > 0 && nodes.getFirst().equals(node);
    }

    /** Whether the node gets every write. */
    public boolean isHomeOrJoining(NodeId node) {
        return isHome(node) || joining.contains(node);
    }

    /** This list, for another partition. */
    PreferenceList of(Partition other) {
        return new PreferenceList(other, nodes, homes, joining);
    }
}
