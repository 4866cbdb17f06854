package io.dynamocart.store.node;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import java.util.Optional;

/**
 * Moves data to the nodes it belongs to: what is kept here for others that could not be reached, or that have become
 * its homes (paper §4.6), and what a plan makes this node's own (paper §4.9). Not thread-safe.
 */
final class Handoffs {

    /**
     * Keys on their way at one time: of one node's hints, of a range that is fetched, and of leftovers. More are moved
     * faster, and press harder on a node that has just come back.
     */
    static final int KEYS_AT_ONCE = 8;

    private final HintedHandoff hinted;
    private final LeftoverHandoff leftovers;
    private final Transfers transfers;

    Handoffs(NodeCore node) {
        Delivery delivery = new Delivery(
                node.activeRing::ring,
                node.activeRing::isOnRing,
                node.peers,
                node.settings.write().w() > 1);
        this.hinted = new HintedHandoff(
                node.copies.hints(), node.peers, delivery, node.admission, node.timers, node.listener);
        this.leftovers = new LeftoverHandoff(
                node.activeRing,
                node.storage,
                node.copies.replica(),
                delivery,
                node.admission,
                node.timers,
                node.listener);
        TransferSource source = new TransferSource(
                node.peers, node.calls, node.copies.replica(), node.admission, node.activeRing::othersOf);
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
