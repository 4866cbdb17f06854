package io.dynamocart.store.coordination;

import io.dynamocart.store.ring.NodeId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides who coordinates a put (paper §5, §6.4): a home replica, first the one that answered the client's last read
 * fastest, then this node if it is one, then the others, those believed healthy before those that are not. One after
 * the other is tried while it is certain that none before has carried out the put. After those believed healthy, if
 * there are any, this node coordinates itself, as a stand-in if it is no home replica, before it tries those that are
 * suspected. Not thread-safe.
 */
public final class Routing {

    private final Iterator<NodeId> candidates;
    private final boolean repeatable;

    /**
     * Plans the order.
     *
     * @param healthy home replicas of the key that are believed to answer, in ring order
     * @param suspected the other home replicas, which may include this node
     * @param fastest the node named by the client's context, null if none is
     * @param repeatable whether another may be tried even if one before may have carried out the put
     */
    public Routing(
            List<NodeId> healthy, List<NodeId> suspected, @Nullable NodeId fastest, NodeId self, boolean repeatable) {
        List<NodeId> order = new ArrayList<>(healthy);
        moveToFront(order, self);
        if (fastest != null) {
            moveToFront(order, fastest);
        }
        if (!healthy.contains(self)) {
            order.add(self);
        }
        suspected.stream().filter(node -> !node.equals(self)).forEach(order::add);
        this.candidates = order.iterator();
        this.repeatable = repeatable;
    }

    /** The next coordinator to try, null if there is none. */
    public @Nullable NodeId next() {
        return candidates.hasNext() ? candidates.next() : null;
    }

    /**
     * Whether the next coordinator may be tried.
     *
     * @param untouched whether the one before is known to have changed nothing
     */
    public boolean mayTryNext(boolean untouched) {
        return candidates.hasNext() && (untouched || repeatable);
    }

    private static void moveToFront(List<NodeId> order, NodeId node) {
        if (order.remove(node)) {
            order.addFirst(node);
        }
    }
}
