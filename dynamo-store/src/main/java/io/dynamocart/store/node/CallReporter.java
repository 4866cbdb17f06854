package io.dynamocart.store.node;

import io.dynamocart.store.CallListener;
import io.dynamocart.store.CallListener.Ending;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a {@link CallListener} of the calls of one request. Costs next to nothing where nobody listens. Not
 * thread-safe.
 */
final class CallReporter {

    private final CallListener listener;
    private final Map<NodeId, Long> open = new LinkedHashMap<>();

    CallReporter(CallListener listener) {
        this.listener = listener;
    }

    void begin(Moment now, NodeId node) {
        if (!listener.equals(CallListener.NONE)) {
            open.put(node, now.nanos());
        }
    }

    /** A node has answered; nothing is told of one whose answer nobody waits for any more. */
    void end(Moment now, NodeId node, boolean answered) {
        Long since = open.remove(node);
        if (since != null) {
            tell(now, node, since, answered ? Ending.ANSWERED : Ending.FAILED);
        }
    }

    /** Ends all calls: nobody waits any more for the nodes that have not answered. */
    void endAll(Moment now) {
        open.forEach((node, since) -> tell(now, node, since, Ending.UNANSWERED));
        open.clear();
    }

    private void tell(Moment now, NodeId node, long since, Ending ending) {
        listener.onEnd(node.name(), Duration.ofNanos(now.nanos() - since), ending);
    }
}
