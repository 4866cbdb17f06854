package io.dynamocart.store.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The owners of the places of a ring that is being handed out, and how badly a node would stand at a place: counts
 * those within reach on both sides that are the same node or lie in the same zone, the nearer the worse. Preference
 * lists that start nearby would pass over one of the two, and others would hold more for it. Nodes are numbers here, in
 * the order of their seats. Not thread-safe.
 */
final class Neighbours {

    static final int NOBODY = -1;
    private static final int SAME_NODE = 16;

    private final List<NodeId> nodes;
    private final int[] owners;
    private final int[] zones;
    private final int reach;

    /**
     * Begins with these owners; those without a seat count as nobody.
     *
     * @param homes home replicas per key (N): so many neighbours should differ
     */
    Neighbours(List<NodeId> before, List<Seat> seats, int homes) {
        nodes = seats.stream().map(Seat::node).toList();
        List<String> names =
                new ArrayList<>(seats.stream().map(Seat::zone).distinct().toList());
        owners = before.stream().mapToInt(nodes::indexOf).toArray();
        zones = seats.stream().mapToInt(seat -> names.indexOf(seat.zone())).toArray();
        reach = Math.min(Math.min(homes, seats.size()) - 1, (owners.length - 1) / 2);
    }

    int places() {
        return owners.length;
    }

    int ownerOf(int place) {
        return owners[place];
    }

    void setOwner(int place, int node) {
        owners[place] = node;
    }

    /** The owners of all places, once each has one. */
    List<NodeId> owners() {
        return Arrays.stream(owners).mapToObj(nodes::get).toList();
    }

    /** How badly the owner of a place stands there. */
    int crowding(int place) {
        return crowding(owners[place], place);
    }

    /** How badly a node would stand at a place; nothing where it would stand alone, or for nobody. */
    int crowding(int node, int place) {
        int crowding = 0;
        for (int distance = 1; distance <= reach && node != NOBODY; distance++) {
            int nearness = reach - distance + 1;
            crowding += nearness * likeness(node, place + distance);
            crowding += nearness * likeness(node, place - distance);
        }
        return crowding;
    }

    private int likeness(int node, int place) {
        int other = owners[onRing(place)];
        if (other == node) {
            return SAME_NODE;
        }
        return other != NOBODY && zones[other] == zones[node] ? 1 : 0;
    }

    /** The place, which is less than a round off: to divide would take longer than all the rest. */
    private int onRing(int place) {
        if (place < 0) {
            return place + owners.length;
        }
        return place < owners.length ? place : place - owners.length;
    }
}
