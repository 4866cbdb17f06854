package io.dynamocart.store.simulation;

import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.PlanRefusedException;
import io.dynamocart.store.membership.Progress;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.node.RequestedChange;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Operators who change the membership while everything else goes wrong: nodes join, leave, take the place of others, and
 * get another weight or zone.
 * They stay with as many members as there are home replicas, and take no node away that has not handed over.
 */
final class Upheaval {

    private static final long LOOK = Duration.ofSeconds(2).toNanos();
    private static final int MOST_NODES = 8;
    private static final int MOST_MEMBERS = 6;

    private final SimulatedCluster cluster;
    private final SeededRandom random;
    private final DiskFaults faults;

    Upheaval(SimulatedCluster cluster, SeededRandom random, DiskFaults faults) {
        this.cluster = cluster;
        this.random = random;
        this.faults = faults;
    }

    /** An operator at this node wants something. */
    void strike(SimulatedNode at) {
        if (!at.isReady()) {
            return;
        }
        List<SimulatedNode> staying = staying();
        boolean mayJoin = cluster.nodes().size() < MOST_NODES;
        int drawn = random.nextInt(4);
        if (drawn == 0 && mayJoin && staying.size() < MOST_MEMBERS) {
            newcomer(random.chance(0.7));
        } else if (drawn == 1 && staying.size() > cluster.options().n()) {
            leave(at, random.pick(staying));
        } else if (drawn == 2 && mayJoin) {
            replace(at, random.pick(staying));
        } else if (drawn == 3) {
            alter(at, random.pick(staying));
        }
    }

    /**
     * Nodes that come by the plan that is committed, are home replicas of nothing, by whatever any node knows, and keep
     * nothing for others.
     */
    List<SimulatedNode> newcomers() {
        if (cluster.nodes().stream().noneMatch(Upheaval::knowsOfPlan)) {
            return List.of();
        }
        MembershipHistory history = cluster.history();
        List<PreferenceList> lists = history.ring().map(Ring::preferenceLists).orElse(List.of());
        List<NodeId> coming = history.progress().filter(Progress::committed).stream()
                .flatMap(progress -> progress.left().stream())
                .map(move -> move.to().node())
                .filter(node -> history.settledMember(node).isEmpty())
                .distinct()
                .toList();
        return cluster.nodes().stream()
                .filter(node -> coming.contains(node.id()))
                .filter(node -> lists.stream().noneMatch(list -> list.isHome(node.id())))
                .filter(node -> node.disk().hintedKeys().isEmpty())
                .toList();
    }

    private static boolean knowsOfPlan(SimulatedNode node) {
        return node.disk().membership().progress().isPresent();
    }

    /** One of them is lost. Those that there were before are as many as they were. */
    boolean removeNewcomer(SimulatedNode lost) {
        return remove(lost, Losses.OF_NEWCOMERS);
    }

    /** The disk of this node is lost for good, and an operator elsewhere says so. Whether it came to that. */
    boolean remove(SimulatedNode lost) {
        long others = staying().stream().filter(node -> !node.equals(lost)).count();
        return others >= cluster.options().n() && remove(lost, "lost disks of nodes removed by force");
    }

    private boolean remove(SimulatedNode lost, String counted) {
        Optional<SimulatedNode> at = staying().stream()
                .filter(node -> node.isReady() && !node.equals(lost))
                .findFirst();
        if (at.isEmpty() || !forceRemove(at.get(), lost)) {
            return false;
        }
        lost.observer().count(counted);
        cluster.takeAway(lost);
        cluster.simulation().after(LOOK, () -> lookWhetherItIsGone(lost));
        return true;
    }

    /** What was said at a node may not be on its disk, and others may have taken the lost one in meanwhile. */
    private void lookWhetherItIsGone(SimulatedNode lost) {
        for (SimulatedNode at : cluster.nodes()) {
            if (at.isReady() && isWaitedFor(at, lost) && forceRemove(at, lost)) {
                break;
            }
        }
        cluster.simulation().after(LOOK, () -> lookWhetherItIsGone(lost));
    }

    /** Whether the node agreed. */
    private static boolean forceRemove(SimulatedNode at, SimulatedNode lost) {
        try {
            at.dynamo().forceRemove(lost.id());
            return true;
        } catch (PlanRefusedException _) {
            return false;
        }
    }

    private static boolean isWaitedFor(SimulatedNode at, SimulatedNode lost) {
        MembershipHistory history = at.dynamo().history();
        return history.members().stream()
                .anyMatch(member -> member.id().equals(lost.id()) && !history.isGone(member.incarnation()));
    }

    private static boolean isOnRing(SimulatedNode at, SimulatedNode node) {
        return at.dynamo().history().members().stream()
                .anyMatch(member -> member.id().equals(node.id()));
    }

    private void newcomer(boolean join) {
        SimulatedNode node = cluster.add(join);
        node.disk().setFaults(faults);
        node.observer().count(join ? "nodes that ask to join" : "nodes that wait to be taken in");
        node.start();
    }

    private void leave(SimulatedNode at, SimulatedNode leaving) {
        order(at, new RequestedChange.Leave(leaving.id()), leaving, "orders to leave");
    }

    private void replace(SimulatedNode at, SimulatedNode leaving) {
        Optional<SimulatedNode> waiting = cluster.nodes().stream()
                .filter(node -> !node.wantsToBeMember() && !node.isRetired() && !isOnRing(at, node))
                .findFirst();
        if (waiting.isEmpty()) {
            newcomer(false);
        } else {
            order(at, new RequestedChange.Replace(leaving.id(), waiting.get().id()), leaving, "orders to replace");
        }
    }

    /** What it was told to become before, which has no effect unless it has been restarted since; and what it becomes next. */
    private void alter(SimulatedNode at, SimulatedNode altered) {
        if (isAgreed(at, new RequestedChange.Alter(altered.id()))) {
            altered.observer().count("orders to alter");
        }
        altered.become("zone-" + random.nextInt(3), 1 + random.nextInt(3));
        if (altered.isRunning() && random.chance(0.5)) {
            altered.crash();
            altered.start();
        }
    }

    private void order(SimulatedNode at, RequestedChange request, SimulatedNode leaving, String counted) {
        if (isAgreed(at, request)) {
            leaving.observer().count(counted);
            leaving.retire();
        }
    }

    private static boolean isAgreed(SimulatedNode at, RequestedChange request) {
        DynamoNode node = at.dynamo();
        try {
            node.commit(node.plan(List.of(request)));
            return true;
        } catch (PlanRefusedException _) {
            at.observer().count("orders refused");
            return false;
        }
    }

    /** Those that nobody told to go. */
    private List<SimulatedNode> staying() {
        return cluster.nodes().stream().filter(node -> !node.isRetired()).toList();
    }
}
