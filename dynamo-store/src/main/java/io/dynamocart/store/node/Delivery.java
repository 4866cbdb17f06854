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

    /** What versions of a key do at a node: count, count once it takes over, or nothing. */
    enum Role {
        HOME,
        JOINING,
        NONE
    }

    /**
     * Knows the ring and where this node is on it.
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

    boolean isOnRing(NodeId node) {
        Ring known = ring.get();
        return known == null || known.preferenceLists().getFirst().nodes().contains(node);
    }

    /** Whether this node is none of the ring, and another incarnation of it is: then it keeps what it brings. */
    boolean isReplaced() {
        Ring known = ring.get();
        return known != null
                && !onRing.getAsBoolean()
                && known.preferenceLists().getFirst().nodes().stream().anyMatch(peers::isSelf);
    }

    /** What a node is to a key; without a ring it is taken for a home replica. */
    Role roleOf(NodeId node, Key key) {
        Ring known = ring.get();
        if (known == null || known.preferenceList(key).isHome(node)) {
            return Role.HOME;
        }
        return known.preferenceList(key).isHomeOrJoining(node) ? Role.JOINING : Role.NONE;
    }

    /**
     * Replies whether this node may let go of what it has: whether all home replicas have it, and are as many as there
     * should be, or this node is one of them. There is no reply where one stays silent.
     *
     * <p>Where one of them is another incarnation of this node, whose disk was lost or not at hand, the others are given
     * it, and this node keeps it.
     */
    void bring(Moment now, Key key, Versions versions, Reply<Boolean> reply) {
        Ring known = ring.get();
        List<NodeId> homes =
                known == null ? List.of() : known.preferenceList(key).home();
        boolean tooFew = homes.size() < fewest && homes.stream().noneMatch(peers::isSelf);
        List<NodeId> takers = homes.stream().filter(this::isNoOtherSelf).toList();
        if (tooFew || takers.isEmpty() || !takers.stream().allMatch(peers::isTrusted)) {
            reply.accept(now, false);
            return;
        }
        boolean complete = takers.size() == homes.size();
        store(now, takers, key, versions, (then, stored) -> reply.accept(then, stored && complete));
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
     * The home replica of this node's own name is another one where this node has lost its disk and is not taken in yet, or
     * has found an earlier disk again.
     */
    private boolean isNoOtherSelf(NodeId home) {
        return !peers.isSelf(home) || onRing.getAsBoolean();
    }
}
