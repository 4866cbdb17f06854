package io.dynamocart.store.node;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings versions that a node holds without being home replica of their key to all who are: only when every one of them
 * has them on disk may the node let go of its own. Not thread-safe.
 */
final class Delivery {

    private final Supplier<@Nullable Ring> ring;
    private final BooleanSupplier onRing;
    private final Peers peers;
    private final int fewest;

    /** What a node is to a key: a home replica, about to become one, or neither. */
    enum Role {
        HOME,
        JOINING,
        NONE
    }

    /**
     * Delivers to the home replicas of a ring.
     *
     * @param onRing whether this very incarnation is on the ring
     * @param several whether an acknowledged write has several copies: then a single home replica is not enough
     */
    Delivery(Supplier<@Nullable Ring> ring, BooleanSupplier onRing, Peers peers, boolean several) {
        this.ring = ring;
        this.onRing = onRing;
        this.peers = peers;
        this.fewest = several ? 2 : 1;
    }

    /** How far a delivery got. */
    enum Result {
        /**
         * All home replicas have the versions, and are as many as there should be, or this node is one of them: it may
         * let go of its own.
         */
        COMPLETE,

        /**
         * All home replicas have the versions but another incarnation of this node, whose disk was lost or not at hand:
         * this node keeps its own.
         */
        ALL_BUT_FORMER_SELF,

        /** Some home replica does not have the versions, or there are too few home replicas. */
        INCOMPLETE
    }

    boolean isOnRing(NodeId node) {
        Ring known = ring.get();
        return known == null || known.nodes().contains(node);
    }

    /** What a node is to a key; without a ring it is taken for a home replica. */
    Role roleOf(NodeId node, Key key) {
        Ring known = ring.get();
        if (known == null || known.preferenceList(key).isHome(node)) {
            return Role.HOME;
        }
        return known.preferenceList(key).isHomeOrJoining(node) ? Role.JOINING : Role.NONE;
    }

    /** Brings what this node has to all home replicas. There is no reply where one stays silent. */
    void bring(Moment now, Key key, Versions versions, Reply<Result> reply) {
        Ring known = ring.get();
        List<NodeId> homes =
                known == null ? List.of() : known.preferenceList(key).home();
        boolean tooFew = homes.size() < fewest && homes.stream().noneMatch(peers::isSelf);
        List<NodeId> takers = homes.stream().filter(this::isNoOtherSelf).toList();
        if (tooFew || takers.isEmpty() || !takers.stream().allMatch(peers::isTrusted)) {
            reply.accept(now, Result.INCOMPLETE);
            return;
        }
        Result done = takers.size() == homes.size() ? Result.COMPLETE : Result.ALL_BUT_FORMER_SELF;
        store(now, takers, key, versions, (then, stored) -> reply.accept(then, stored ? done : Result.INCOMPLETE));
    }

    private void store(Moment now, List<NodeId> homes, Key key, Versions versions, Reply<Boolean> reply) {
        List<NodeId> waitingFor = new ArrayList<>(homes);
        homes.forEach(home -> peers.store(now, home, key, versions, (then, stored) -> {
            boolean awaited = waitingFor.remove(home);
            if (awaited && !stored) {
                waitingFor.clear();
                reply.accept(then, false);
            } else if (awaited && waitingFor.isEmpty()) {
                reply.accept(then, true);
            }
        }));
    }

    /**
     * The home replica of this node's own name is another one where this node has lost its disk and is not taken in
     * yet, or has found an earlier disk again.
     */
    private boolean isNoOtherSelf(NodeId home) {
        return !peers.isSelf(home) || onRing.getAsBoolean();
    }
}
