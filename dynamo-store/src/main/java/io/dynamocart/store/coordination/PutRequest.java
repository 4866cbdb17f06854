package io.dynamocart.store.coordination;

import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.ring.NodeId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
 * on disk while others have it in memory. Where no stand-in is left, and for all that are not heard of when the time is
 * up, the coordinator keeps the hint itself. A place without a home replica has a stand-in from the beginning. A node
 * counts once, whatever it holds and however often it says so; so do a home replica and who stands in for it, be that
 * the coordinator.
 *
 * <p>All have it on disk before they acknowledge it; or, where writes are buffered, one of the home replicas and all
 * stand-ins have, and who else has it in memory counts as well (paper §6.1). Not thread-safe.
 */
public final class PutRequest {

    /** A step that a write wants done next. */
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
    private final List<Place> places;
    private final Iterator<NodeId> standIns;
    private final long lateAt;
    private final long deadline;

    /** The nodes that acknowledged the write, in the order in which they did. */
    private final List<NodeId> acknowledged = new ArrayList<>();

    private boolean answered;
    private boolean patienceEnded;
    private boolean timeIsUp;

    /**
     * The node that is to have a write on disk, of those that could buffer it: one that the client does not have to
     * wait for, since W others may answer before. The coordinator, where it is alone.
     */
    public static NodeId durableAmong(List<Recipient> homes, NodeId coordinator) {
        return homes.stream()
                .filter(Recipient::isTrusted)
                .map(Recipient::node)
                .filter(node -> !node.equals(coordinator))
                .findFirst()
                .orElse(coordinator);
    }

    /**
     * Prepares the replication of a version that its coordinator has.
     *
     * @param durable who has to have it on disk before acknowledging it, the coordinator or a home replica; null if all
     *     have
     * @param homes the home replicas that take part, the coordinator among them or not, and places that have none
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
        this.places = homes.stream().map(home -> new Place(home, coordinator)).toList();
        this.standIns = List.copyOf(standIns).iterator();
        this.lateAt = lateAt;
        this.deadline = deadline;
        acknowledged.add(self);
    }

    public List<Step> start() {
        List<Step> steps = new ArrayList<>(places.size() + 1);
        for (Place place : places) {
            if (place.isReachable() && !place.isAtHome()) {
                place.await();
                steps.add(send(place.home()));
            }
            if (!place.isTrusted()) {
                replace(place, steps);
            }
        }
        return decide(steps);
    }

    public List<Step> onAcknowledged(NodeId node) {
        for (Place place : places) {
            if (place.onAcknowledged(node)) {
                acknowledged.add(node);
            }
        }
        return decide(new ArrayList<>(1));
    }

    public List<Step> onFailure(NodeId node) {
        List<Step> steps = new ArrayList<>(1);
        for (Place place : places) {
            if (place.onFailure(node)) {
                replace(place, steps);
            }
        }
        return decide(steps);
    }

    public List<Step> onTick(long now) {
        List<Step> steps = new ArrayList<>(2);
        timeIsUp = now >= deadline;
        patienceEnded |= now >= lateAt;
        if (timeIsUp) {
            places.forEach(place -> keep(place, steps));
        } else if (patienceEnded) {
            places.stream().filter(this::needsAnother).forEach(late -> replace(late, steps));
        }
        return decide(steps);
    }

    /** Whether there is nothing more to do. */
    public boolean isDone() {
        return timeIsUp || (answered && !isOpen());
    }

    /** When {@link #onTick} is due, if nothing else happens before. */
    public long wakeAt() {
        boolean needsAnother = !answered || places.stream().anyMatch(this::needsAnother);
        return needsAnother && !patienceEnded ? Math.min(lateAt, deadline) : deadline;
    }

    /** Whether another has to do for the home replica if that is late. */
    private boolean needsAnother(Place place) {
        return place.isAwaited() && (!answered || place.home().equals(durable));
    }

    private Step send(NodeId home) {
        return durable == null || durable.equals(home) ? new Step.Send(home) : new Step.SendToBuffer(home);
    }

    /** Puts the next stand-in in the place of a home replica, or the coordinator where none is left to wait for. */
    private void replace(Place place, List<Step> steps) {
        if (place.isAtHome()) {
            return;
        }
        if (standIns.hasNext()) {
            if (!place.hasStandIn()) {
                NodeId standIn = standIns.next();
                place.standIn(standIn);
                steps.add(new Step.Hint(standIn, place.home()));
            }
        } else if (!place.isAwaited()) {
            keep(place, steps);
        }
    }

    /** Has the coordinator itself keep the hint, unless the home replica has acknowledged it, or a stand-in has. */
    private void keep(Place place, List<Step> steps) {
        if (place.keepAtCoordinator()) {
            steps.add(new Step.Hint(self, place.home()));
        }
    }

    private List<Step> decide(List<Step> steps) {
        if (answered) {
            return steps;
        }
        List<NodeId> atHome = acknowledged.stream().filter(this::isHome).toList();
        List<NodeId> elsewhere = acknowledged.stream()
                .filter(node -> !isHome(node) && !isNeedless(node))
                .toList();
        int counted = atHome.size() + (options.strict() ? 0 : elsewhere.size());
        if (counted >= options.w()) {
            answered = true;
            steps.add(new Step.Answer(atHome, elsewhere));
        } else if (timeIsUp || !isOpen()) {
            answered = true;
            steps.add(new Step.Unknown(options.w(), List.copyOf(acknowledged)));
        }
        return steps;
    }

    private boolean isOpen() {
        return places.stream().anyMatch(Place::isOpen);
    }

    private boolean isHome(NodeId node) {
        return places.stream()
                .anyMatch(place -> !place.isVacant() && place.home().equals(node));
    }

    private boolean isNeedless(NodeId standIn) {
        return places.stream().anyMatch(place -> place.isKeptNeedlesslyBy(standIn));
    }
}
