package io.dynamocart.store.coordination;

import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.ring.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One write at its coordinator, from the moment its version is durable there (paper §4.5, §5): send it to all other
 * home replicas, answer when W nodes have it on disk.
 *
 * <pre>
 *   replicating ── W acknowledgements ──▶ Answer ──▶ done, the others still get it
 *        └──────── nobody left to wait for, or time is up: Unknown ──▶ done
 * </pre>
 *
 * A node counts once, however often its acknowledgement arrives. Not thread-safe.
 */
public final class PutRequest {

    /** What to do next. */
    public sealed interface Step {

        /** Send this node the versions. */
        record Send(NodeId node) implements Step {}

        /** Tell the client that these nodes have it. */
        record Answer(List<NodeId> homes, List<NodeId> standIns) implements Step {}

        /** Tell the client that only these nodes are known to have it. */
        record Unknown(int needed, List<NodeId> acknowledged) implements Step {}
    }

    private final WriteOptions options;
    private final NodeId self;
    private final List<NodeId> homes;
    private final long deadline;
    private final Set<NodeId> acknowledged = new LinkedHashSet<>();
    private final Set<NodeId> waitingFor = new LinkedHashSet<>();
    private boolean done;

    /**
     * Prepares the replication of a version that {@code self} has on disk.
     *
     * @param homes the home replicas that take part, {@code self} among them or not
     * @param deadline when to stop waiting for acknowledgements
     */
    public PutRequest(WriteOptions options, NodeId self, List<NodeId> homes, long deadline) {
        this.options = options;
        this.self = self;
        this.homes = List.copyOf(homes);
        this.deadline = deadline;
    }

    public List<Step> start() {
        List<Step> steps = new ArrayList<>(homes.size());
        acknowledged.add(self);
        for (NodeId home : homes) {
            if (!home.equals(self)) {
                waitingFor.add(home);
                steps.add(new Step.Send(home));
            }
        }
        decide(steps, false);
        return steps;
    }

    public List<Step> onAcknowledged(NodeId node) {
        if (waitingFor.remove(node)) {
            acknowledged.add(node);
        }
        return decide(false);
    }

    public List<Step> onFailure(NodeId node) {
        waitingFor.remove(node);
        return decide(false);
    }

    public List<Step> onTick(long now) {
        return decide(now >= deadline);
    }

    public boolean isDone() {
        return done;
    }

    /** When {@link #onTick} is due, if nothing else happens before. */
    public long wakeAt() {
        return deadline;
    }

    private List<Step> decide(boolean timeIsUp) {
        List<Step> steps = new ArrayList<>(1);
        decide(steps, timeIsUp);
        return steps;
    }

    private void decide(List<Step> steps, boolean timeIsUp) {
        if (done) {
            return;
        }
        List<NodeId> atHome = acknowledged.stream().filter(homes::contains).toList();
        List<NodeId> elsewhere =
                acknowledged.stream().filter(node -> !homes.contains(node)).toList();
        int counted = options.strict() ? atHome.size() : acknowledged.size();
        if (counted >= options.w()) {
            done = true;
            steps.add(new Step.Answer(atHome, elsewhere));
        } else if (timeIsUp || waitingFor.isEmpty()) {
            done = true;
            steps.add(new Step.Unknown(options.w(), List.copyOf(acknowledged)));
        }
    }
}
