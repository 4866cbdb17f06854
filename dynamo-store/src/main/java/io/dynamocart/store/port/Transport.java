package io.dynamocart.store.port;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.ring.NodeId;

/**
 * The network between nodes.
 *
 * <p>The contract is weak: a message may be dropped, delayed, delivered twice, or overtaken by a later one, and nobody
 * is told but who sends one that is too long. It is never changed on the way, and never delivered to a node of another
 * cluster. Peers are found by address and then known by id.
 */
public interface Transport {

    /** Keeps a link to whoever listens at this address, whatever happens to it, until {@link #unlink}. Idempotent. */
    void link(String address);

    /**
     * Looks for nobody at this address any more, until it is to be linked again. A link that is up stays until it
     * breaks.
     */
    void unlink(String address);

    /**
     * Sends if there is a link, else drops. Never blocks.
     *
     * @return false if the message is longer than any may be, so that it will not get there however often it is sent;
     *     true says nothing
     */
    boolean send(NodeId to, Message message);

    /** Told by the transport what comes from other nodes. Called on the node's thread. */
    interface Listener {

        /** Messages to {@code peer} may get through from now on. Told again only after {@link #onLinkDown}. */
        void onLinkUp(Moment now, NodeId peer);

        /** Messages to {@code peer} are dropped from now on; some of the last may not have arrived. */
        void onLinkDown(Moment now, NodeId peer);

        void onMessage(Moment now, NodeId from, Message message);
    }
}
