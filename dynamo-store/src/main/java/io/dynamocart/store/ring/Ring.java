package io.dynamocart.store.ring;

import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is responsible for which keys: tokens on a circle, each owned by a node (paper §4.2). Immutable, and a pure
 * function of what it is made of, so that nodes that agree on the members agree on the ring.
 *
 * <p>A key belongs to the first token at or after its own position; a key on a token belongs to that token. The three
 * strategies of §6.2 differ only in where partitions end and where the owners' tokens lie.
 */
public final class Ring {

    private final List<Token> ends;
    private final List<PreferenceList> lists;
    private final NavigableMap<Token, NodeId> owners;
    private final Map<NodeId, Seat> seats;

    private Ring(List<Token> ends, NavigableMap<Token, NodeId> owners, Map<NodeId, Seat> seats, int homes) {
        this.ends = ends;
        this.owners = owners;
        this.seats = seats;
        this.lists = new ArrayList<>(ends.size());
        for (int i = 0; i < ends.size(); i++) {
            lists.add(preferenceList(new Partition(i), homes));
        }
    }

    /**
     * A ring on which every token ends a partition (strategies 1 and 3).
     *
     * @param homes home replicas per key (N); fewer where there are fewer nodes
     */
    public static Ring of(NavigableMap<Token, NodeId> owners, List<Seat> seats, int homes) {
        if (homes < 1) {
            throw new IllegalArgumentException("%d home replicas".formatted(homes));
        }
        Map<NodeId, Seat> byNode = new TreeMap<>();
        seats.forEach(seat -> byNode.put(seat.node(), seat));
        if (owners.isEmpty() || !byNode.keySet().containsAll(owners.values())) {
            throw new IllegalArgumentException("every token needs an owner among the seats");
        }
        return new Ring(List.copyOf(owners.navigableKeySet()), new TreeMap<>(owners), byNode, homes);
    }

    /** A ring of equal partitions, the i-th owned by the i-th of {@code owners} (strategy 3). */
    public static Ring ofEqualPartitions(List<NodeId> owners, List<Seat> seats, int homes) {
        NavigableMap<Token, NodeId> tokens = new TreeMap<>();
        for (int i = 0; i < owners.size(); i++) {
            tokens.put(Token.evenly(i, owners.size()), owners.get(i));
        }
        return of(tokens, seats, homes);
    }

    public Partition partitionOf(Key key) {
        return partitionAt(Token.of(key));
    }

    Partition partitionAt(Token token) {
        int low = 0;
        int high = ends.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends.get(middle).compareTo(token) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return new Partition(low == ends.size() ? 0 : low);
    }

    public PreferenceList preferenceList(Key key) {
        return preferenceList(partitionOf(key));
    }

    public PreferenceList preferenceList(Partition partition) {
        return lists.get(partition.index());
    }

    /** The lists of all partitions, clockwise. */
    public List<PreferenceList> preferenceLists() {
        return List.copyOf(lists);
    }

    /** The nodes on the ring, ascending. */
    public List<NodeId> nodes() {
        return List.copyOf(seats.keySet());
    }

    /** The owner of the token that ends {@code partition}. */
    public NodeId ownerOf(Partition partition) {
        return preferenceOrder(partition).getFirst();
    }

    private PreferenceList preferenceList(Partition partition, int homes) {
        SequencedCollection<NodeId> order = preferenceOrder(partition);
        int enough = Math.min(homes, order.size());
        Set<NodeId> chosen = new LinkedHashSet<>();
        Set<String> zones = new LinkedHashSet<>();
        for (NodeId node : order) {
            if (chosen.size() < enough && zones.add(zoneOf(node))) {
                chosen.add(node);
            }
        }
        for (NodeId node : order) {
            if (chosen.size() < enough) {
                chosen.add(node);
            }
        }
        chosen.addAll(order);
        return new PreferenceList(partition, List.copyOf(chosen), enough);
    }

    /** All nodes in clockwise order of first appearance, from the token that ends the partition. */
    private SequencedCollection<NodeId> preferenceOrder(Partition partition) {
        Token end = ends.get(partition.index());
        LinkedHashSet<NodeId> order =
                new LinkedHashSet<>(owners.tailMap(end, true).values());
        order.addAll(owners.headMap(end, false).values());
        return order;
    }

    private String zoneOf(NodeId node) {
        Seat seat = seats.get(node);
        if (seat == null) {
            throw new IllegalStateException("%s has no seat".formatted(node));
        }
        return seat.zone();
    }
}
