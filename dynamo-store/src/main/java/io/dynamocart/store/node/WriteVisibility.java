package io.dynamocart.store.node;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.ring.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells how long a write took until all its home replicas had it. The last of them may say so long after the request,
 * so this holds nothing of what was written. Not thread-safe.
 */
final class WriteVisibility {

    private final List<NodeId> missing;
    private final long startedAt;
    private final NodeEvent.Listener listener;

    /**
     * Waits for the home replicas that miss a write.
     *
     * @param missing the home replicas that do not have it yet
     * @param startedAt when the coordinator was asked
     */
    WriteVisibility(List<NodeId> missing, long startedAt, NodeEvent.Listener listener) {
        this.missing = new ArrayList<>(missing);
        this.startedAt = startedAt;
        this.listener = listener;
    }

    void start(Moment now) {
        tellIfEverywhere(now);
    }

    /** A reply that also hears whether a node has it. */
    Reply<Acknowledgement> watching(NodeId node, Reply<Acknowledgement> reply) {
        return (then, answer) -> {
            reply.accept(then, answer);
            if (answer.given() && missing.remove(node)) {
                tellIfEverywhere(then);
            }
        };
    }

    private void tellIfEverywhere(Moment now) {
        if (missing.isEmpty()) {
            listener.on(new NodeEvent.WriteVisible(now.nanos() - startedAt));
        }
    }
}
