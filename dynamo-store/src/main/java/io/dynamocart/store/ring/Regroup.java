package io.dynamocart.store.ring;

import java.util.List;

/**
 * A change of zones under strategy 3: nodes that stay where they are suddenly stand near others of their zone,
 * preference lists pass over one of the two, and the other holds a multiple of its share. Swaps owners, two at a time,
 * for as long as that makes the ring less crowded, so that everyone keeps as many partitions as it has. Each swap
 * lessens the crowding of all, so it ends; the work is bounded all the same. Deterministic. Not thread-safe.
 */
final class Regroup {

    /** How often all places are gone through, at most. */
    private static final int PASSES = 8;

    /** Pairs that are looked at in one pass, at most: a second of work on the largest ring. */
    private static final int PAIRS = 1 << 22;

    private static final int MAX_LOOKED_AT = 256;

    private final Neighbours neighbours;
    private final int lookedAt;

    Regroup(List<NodeId> owners, List<Seat> seats, int homes) {
        neighbours = new Neighbours(owners, seats.stream().sorted().toList(), homes);
        lookedAt = Math.min(Math.min(MAX_LOOKED_AT, owners.size() - 1), Math.max(1, PAIRS / owners.size()));
    }

    List<NodeId> owners() {
        boolean better = true;
        for (int pass = 0; pass < PASSES && better; pass++) {
            better = false;
            for (int place = 0; place < neighbours.places(); place++) {
                better |= neighbours.crowding(place) > 0 && swapFrom(place);
            }
        }
        return neighbours.owners();
    }

    /** Swaps with whom it helps most; false where it helps with none. */
    private boolean swapFrom(int place) {
        int most = 0;
        int best = place;
        int here = neighbours.crowding(place);
        for (int distance = 1; distance <= lookedAt; distance++) {
            int other = (place + distance) % neighbours.places();
            if (neighbours.ownerOf(other) == neighbours.ownerOf(place)) {
                continue;
            }
            int before = here + neighbours.crowding(other);
            swap(place, other);
            int gain = before - neighbours.crowding(place) - neighbours.crowding(other);
            swap(place, other);
            if (gain > most) {
                most = gain;
                best = other;
            }
        }
        swap(place, best);
        return most > 0;
    }

    private void swap(int place, int other) {
        int owner = neighbours.ownerOf(place);
        neighbours.setOwner(place, neighbours.ownerOf(other));
        neighbours.setOwner(other, owner);
    }
}
