package io.dynamocart.store.ring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How badly a node would stand at a place of the ring: counts those within reach on both sides that are the same node
 * or lie in the same zone, the nearer the worse. Preference lists that start nearby would pass over one of the two, and
 * others would hold more for it.
 */
final class Neighbours {

    private static final int SAME_NODE = 16;

    private final List<@Nullable NodeId> owners;
    private final Map<NodeId, Seat> seats;
    private final int reach;

    /**
     * Looks at the owners as they are whenever it is asked.
     *
     * @param reach how many places on each side matter: N - 1
     */
    Neighbours(List<@Nullable NodeId> owners, Map<NodeId, Seat> seats, int reach) {
        this.owners = owners;
        this.seats = seats;
        this.reach = Math.min(reach, (owners.size() - 1) / 2);
    }

    int crowding(NodeId node, int place) {
        int crowding = 0;
        for (int distance = 1; distance <= reach; distance++) {
            int nearness = reach - distance + 1;
            crowding += nearness * likeness(node, place + distance);
            crowding += nearness * likeness(node, place - distance);
        }
        return crowding;
    }

    private int likeness(NodeId node, int place) {
        NodeId other = owners.get(Math.floorMod(place, owners.size()));
        if (other == null) {
            return 0;
        }
        if (other.equals(node)) {
            return SAME_NODE;
        }
        return zoneOf(other).equals(zoneOf(node)) ? 1 : 0;
    }

    private String zoneOf(NodeId node) {
        Seat seat = seats.get(node);
        return seat == null ? "" : seat.zone();
    }
}
