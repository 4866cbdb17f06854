package io.dynamocart.store.coordination;

import io.dynamocart.store.ring.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The place of one home replica in a write: filled by itself, or by a stand-in that keeps the versions for it. Both may
 * be waited for at once, and count as one. A vacant one only a stand-in can fill, which may be the node it is kept for.
 *
 * <pre>
 *   home replica:  not asked ── await ──▶ awaited ── acknowledged ──▶ at home
 *                      ◀──────── failed ─────┘
 *   stand-in:      none ── standIn ──▶ asked ── acknowledged ──▶ kept
 *                      ◀──────── failed ──┘
 * </pre>
 *
 * Where neither can be relied on, the coordinator keeps a hint beside what it has already, which counts for nothing.
 * Not thread-safe.
 */
final class Place {

    private final Recipient recipient;
    private boolean awaited;
    private boolean atHome;
    private @Nullable NodeId standIn;
    private boolean kept;
    private boolean keptByCoordinator;

    /** The coordinator fills one place from the beginning: its own, or another's, as a stand-in that keeps them. */
    Place(Recipient recipient, Coordinator coordinator) {
        this.recipient = recipient;
        if (home().equals(coordinator.node())) {
            atHome = true;
        } else if (home().equals(coordinator.inPlaceOf())) {
            standIn = coordinator.node();
            kept = true;
        }
    }

    /** The home replica of this place, or who may come to be it. */
    NodeId home() {
        return recipient.node();
    }

    /** Whether this place has no home replica. */
    boolean isVacant() {
        return recipient.state() == Recipient.State.VACANT;
    }

    boolean isReachable() {
        return recipient.isReachable();
    }

    boolean isTrusted() {
        return recipient.isTrusted();
    }

    /** Whether the home replica has the versions. */
    boolean isAtHome() {
        return atHome;
    }

    /** Whether the home replica may still acknowledge the versions. */
    boolean isAwaited() {
        return awaited;
    }

    /** Whether anybody may still acknowledge the versions in this place. */
    boolean isOpen() {
        return awaited || (standIn != null && !kept);
    }

    /** Whether a stand-in was asked that has not failed. */
    boolean hasStandIn() {
        return standIn != null;
    }

    /** What a stand-in keeps is on the disk of the node for which it keeps it, and may be removed any moment. */
    boolean isKeptNeedlesslyBy(NodeId node) {
        return kept && atHome && node.equals(standIn);
    }

    /** The home replica is sent the versions. */
    void await() {
        awaited = true;
    }

    /** This node is sent the versions, to keep them for the home replica. */
    void standIn(NodeId node) {
        standIn = node;
    }

    /** Has the coordinator keep the versions; false if somebody keeps them already, or there is no need to. */
    boolean keepAtCoordinator() {
        boolean needed = !isVacant() && !atHome && !kept && !keptByCoordinator;
        keptByCoordinator |= needed;
        return needed;
    }

    /** Takes note that a node has the versions; false if that was not waited for in this place. */
    boolean onAcknowledged(NodeId node) {
        if (isAwaitedFrom(node)) {
            awaited = false;
            atHome = true;
            return true;
        }
        if (isAskedToStandIn(node)) {
            kept = true;
            return true;
        }
        return false;
    }

    /** Takes note that a node will not acknowledge the versions; false if that was not waited for in this place. */
    boolean onFailure(NodeId node) {
        if (isAwaitedFrom(node)) {
            awaited = false;
            return true;
        }
        if (isAskedToStandIn(node)) {
            standIn = null;
            return true;
        }
        return false;
    }

    private boolean isAwaitedFrom(NodeId node) {
        return awaited && node.equals(home());
    }

    private boolean isAskedToStandIn(NodeId node) {
        return !kept && node.equals(standIn);
    }
}
