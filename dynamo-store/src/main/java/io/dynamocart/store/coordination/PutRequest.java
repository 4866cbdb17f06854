package io.dynamocart.store.coordination;

import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.ring.NodeId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One write at its coordinator, from the moment its version is there (paper §4.5, §4.6, §5): send it to all other home
 * replicas, put a stand-in with a hint in the place of each that cannot be reached, answer when W nodes have it.
 *
 * <pre>
 *   replicating ── W acknowledgements ──▶ Answer ──▶ each home has it, or a stand-in for it ──▶ done
 *        └──────── nobody left to wait for, or time is up: Unknown ──▶ done
 * </pre>
 *
 * A home replica that is only late is replaced while the answer waits for it, or where it is the one that is to have it
 * on disk while others have it in memory. Where no stand-in is left, and for all that are not heard of when the time is up, the
 * coordinator keeps the hint itself. A node counts once, whatever it holds and however often it says so; so do a home
 * replica and who stands in for it, be that the coordinator.
 *
 * <p>All have it on disk before they acknowledge it; or, where writes are buffered, one of the home replicas and all
 * stand-ins have, and who else has it in memory counts as well (paper §6.1). Not thread-safe.
 */
public final class PutRequest {

    /** What to do next. */
    public sealed interface Step {

        /** Send this node the versions; it acknowledges them once they are on its disk. */
        record Send(NodeId node) implements Step {}

        /** Send this node the versions; it may acknowledge them once they are in its memory. */
        record SendToBuffer(NodeId node) implements Step {}

        /** Have this node, which may be the coordinator, keep the versions for a home replica. */
        record Hint(NodeId keeper, NodeId target) implements Step {}

        /** Tell the client that these nodes have it. */
        record Answer(List<NodeId> homes, List<NodeId> standIns) implements Step {}

        /** Tell the client that only these nodes are known to have it. */
        record Unknown(int needed, List<NodeId> acknowledged) implements Step {}
    }

    private final WriteOptions options;
    private final NodeId self;
    private final @Nullable NodeId durable;
    private final List<Recipient> homes;
    private final Set<NodeId> homeNodes = new LinkedHashSet<>();
    private final Iterator<NodeId> standIns;
    private final long lateAt;
    private final long deadline;
    private final Set<NodeId> acknowledged = new LinkedHashSet<>();
    private final Set<NodeId> waitingFor = new LinkedHashSet<>();
    private final Map<NodeId, NodeId> targets = new LinkedHashMap<>();
    private final Set<NodeId> replaced = new LinkedHashSet<>();
    private final Set<NodeId> hinted = new LinkedHashSet<>();
    private final Map<NodeId, NodeId> keptFor = new LinkedHashMap<>();
    private boolean answered;
    private boolean patienceEnded;
    private boolean timeIsUp;

    /**
     * The node that is to have a write on disk, of those that could buffer it: one that the client does not have to wait
     * for, since W others may answer before. The coordinator, where it is alone.
     */
    public static NodeId durableAmong(List<Recipient> homes, NodeId coordinator) {
        return homes.stream()
                .filter(home -> home.reachable() && home.trusted())
                .map(Recipient::node)
                .filter(node -> !node.equals(coordinator))
                .findFirst()
                .orElse(coordinator);
    }

    /**
     * Prepares the replication of a version that its coordinator has.
     *
     * @param durable who has to have it on disk before acknowledging it, the coordinator or a home replica; null if all have
     * @param homes the home replicas that take part, the coordinator among them or not
     * @param standIns nodes expected to answer that may keep hints, in the order in which to ask them
     * @param lateAt when home replicas that are still needed are late
     * @param deadline when to stop waiting for acknowledgements
     */
    public PutRequest(
            WriteOptions options,
            Coordinator coordinator,
            @Nullable NodeId durable,
            List<Recipient> homes,
            List<NodeId> standIns,
            long lateAt,
            long deadline) {
        this.options = options;
        this.self = coordinator.node();
        this.durable = durable;
        this.homes = List.copyOf(homes);
        this.homes.forEach(home -> homeNodes.add(home.node()));
        this.standIns = List.copyOf(standIns).iterator();
        this.lateAt = lateAt;
        this.deadline = deadline;
        // It fills one place from the beginning, as a stand-in does that has acknowledged its hint
        replaced.add(coordinator.inPlaceOf());
        hinted.add(coordinator.inPlaceOf());
        keptFor.put(self, coordinator.inPlaceOf());
    }

    public List<Step> start() {
        List<Step> steps = new ArrayList<>(homes.size() + 1);
        acknowledged.add(self);
        for (Recipient home : homes) {
            if (!home.node().equals(self)) {
                if (home.reachable()) {
                    waitingFor.add(home.node());
                    steps.add(send(home.node()));
                }
                if (!home.trusted()) {
                    replace(home.node(), steps);
                }
            }
        }
        decide(steps);
        return steps;
    }

    public List<Step> onAcknowledged(NodeId node) {
        NodeId target = targets.remove(node);
        if (target != null) {
            hinted.add(target);
            keptFor.put(node, target);
        }
        if (target != null || waitingFor.remove(node)) {
            acknowledged.add(node);
        }
        return decide(new ArrayList<>(1));
    }

    public List<Step> onFailure(NodeId node) {
        List<Step> steps = new ArrayList<>(1);
        NodeId target = targets.remove(node);
        if (target != null) {
            replaced.remove(target);
            replace(target, steps);
        } else if (waitingFor.remove(node)) {
            replace(node, steps);
        }
        return decide(steps);
    }

    public List<Step> onTick(long now) {
        List<Step> steps = new ArrayList<>(2);
        timeIsUp = now >= deadline;
        patienceEnded |= now >= lateAt;
        if (timeIsUp) {
            homeNodes.forEach(home -> keep(home, steps));
        } else if (patienceEnded) {
            waitingFor.stream()
                    .filter(home -> !answered || home.equals(durable))
                    .toList()
                    .forEach(late -> replace(late, steps));
        }
        return decide(steps);
    }

    /** Whether all home replicas are known to have it. */
    public boolean isEverywhere() {
        return acknowledged.containsAll(homeNodes);
    }

    /** Whether there is nothing more to do. */
    public boolean isDone() {
        return timeIsUp || (answered && waitingFor.isEmpty() && targets.isEmpty());
    }

    /** When {@link #onTick} is due, if nothing else happens before. */
    public long wakeAt() {
        boolean needsAnother = !answered || (durable != null && waitingFor.contains(durable));
        return needsAnother && !patienceEnded ? Math.min(lateAt, deadline) : deadline;
    }

    private Step send(NodeId home) {
        return durable == null || durable.equals(home) ? new Step.Send(home) : new Step.SendToBuffer(home);
    }

    /** Puts the next stand-in in the place of a home replica, or the coordinator where none is left to wait for. */
    private void replace(NodeId home, List<Step> steps) {
        if (acknowledged.contains(home)) {
            return;
        }
        if (standIns.hasNext()) {
            if (replaced.add(home)) {
                NodeId standIn = standIns.next();
                targets.put(standIn, home);
                steps.add(new Step.Hint(standIn, home));
            }
        } else if (!waitingFor.contains(home)) {
            keep(home, steps);
        }
    }

    /** Has the coordinator itself keep the hint, unless the home replica has acknowledged it, or a stand-in has. */
    private void keep(NodeId home, List<Step> steps) {
        if (!acknowledged.contains(home) && hinted.add(home)) {
            steps.add(new Step.Hint(self, home));
        }
    }

    private List<Step> decide(List<Step> steps) {
        if (answered) {
            return steps;
        }
        List<NodeId> atHome = acknowledged.stream().filter(homeNodes::contains).toList();
        List<NodeId> elsewhere = acknowledged.stream()
                .filter(node -> !homeNodes.contains(node) && !isNeedless(node))
                .toList();
        int counted = atHome.size() + (options.strict() ? 0 : elsewhere.size());
        if (counted >= options.w()) {
            answered = true;
            steps.add(new Step.Answer(atHome, elsewhere));
        } else if (timeIsUp || (waitingFor.isEmpty() && targets.isEmpty())) {
            answered = true;
            steps.add(new Step.Unknown(options.w(), List.copyOf(acknowledged)));
        }
        return steps;
    }

    /** What it keeps is on the disk of the node for which it keeps it, and may be removed any moment. */
    private boolean isNeedless(NodeId standIn) {
        NodeId target = keptFor.get(standIn);
        return target != null && acknowledged.contains(target);
    }
}
