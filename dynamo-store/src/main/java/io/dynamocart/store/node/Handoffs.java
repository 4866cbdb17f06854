package io.dynamocart.store.node;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import java.util.Optional;

/**
 * Moves data to the nodes it belongs to: what is kept here for others that could not be reached, or that have become its
 * homes (paper §4.6), and what a plan makes this node's own (paper §4.9). Not thread-safe.
 */
final class Handoffs {

    private final HintedHandoff hinted;
    private final Leftovers leftovers;
    private final Transfers transfers;

    Handoffs(Essentials node) {
        Delivery delivery = new Delivery(
                node.standing::ring,
                node.standing::isOnRing,
                node.peers,
                node.settings.write().w() > 1);
        this.hinted = new HintedHandoff(
                node.copies.hints(), node.peers, delivery, node.controller, node.timers, node.listener);
        this.leftovers = new Leftovers(
                node.standing,
                node.storage,
                node.copies.replica(),
                delivery,
                node.controller,
                node.timers,
                node.listener);
        Source source =
                new Source(node.peers, node.calls, node.copies.replica(), node.controller, node.standing::othersOf);
        this.transfers = new Transfers(
                node.member.incarnation(),
                node.membership,
                source,
                node.transport,
                () -> !leftovers.isRemoving(),
                node.timers,
                node.listener);
    }

    void start(Moment now) {
        hinted.start(now);
    }

    void onLinkUp(Moment now, NodeId peer) {
        hinted.bring(now, peer);
    }

    /** The ring or the progress of a plan may have changed. */
    void onMembershipChanged(Moment now) {
        leftovers.onChange(now);
        transfers.proceed(now);
    }

    /** The partitions that are on their way to this node, if any are. */
    Optional<TransferReport> transfer() {
        return transfers.report();
    }
}
