package io.dynamocart.store.simulation;

import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.node.NodeSettings;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A cluster in one thread: nodes, their disks, and the network between them. */
public final class SimulatedCluster {

    private static final Duration MOST_FOR_MEMBERSHIP = Duration.ofSeconds(90);

    private final Simulation simulation;
    private final ClusterOptions options;
    private final SimulatedNetwork network;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final Mutation mutation;
    private final Observer all;
    private int created;
    private final List<Observer> observers = new ArrayList<>();

    public SimulatedCluster(Simulation simulation, ClusterOptions options, Mutation mutation) {
        this.simulation = simulation;
        this.options = options;
        Observer all = new Everyone();
        this.network = new SimulatedNetwork(simulation, all);
        this.mutation = mutation;
        this.all = all;
        options.settings().forEach(this::add);
    }

    /** One machine more, with an empty disk, on which nothing runs yet. */
    public SimulatedNode add(NodeSettings settings) {
        SimulatedNode node =
                new SimulatedNode(simulation, network, mutation.settings().apply(settings), all, mutation);
        nodes.add(node);
        network.add(node);
        created++;
        return node;
    }

    /** One machine more, with an empty disk, on which nothing runs yet. */
    public SimulatedNode add(boolean join) {
        return add(options.settings(created + 1, join));
    }

    /** A machine is taken away, with its disk. */
    public void takeAway(SimulatedNode node) {
        node.crash();
        nodes.remove(node);
    }

    /** A healthy cluster of this shape. */
    public static SimulatedCluster born(long seed, ClusterOptions options) {
        SimulatedCluster cluster = new SimulatedCluster(new Simulation(seed), options, Mutation.none());
        cluster.startAll();
        return cluster;
    }

    public void observe(Observer observer) {
        observers.add(observer);
    }

    public Simulation simulation() {
        return simulation;
    }

    public ClusterOptions options() {
        return options;
    }

    public SimulatedNetwork network() {
        return network;
    }

    public List<SimulatedNode> nodes() {
        return nodes;
    }

    /** The {@code number}-th node, from 1 as in its name. */
    public SimulatedNode node(int number) {
        return nodes.get(number - 1);
    }

    /** Nodes that serve requests now. */
    public List<SimulatedNode> ready() {
        return nodes.stream().filter(SimulatedNode::isReady).toList();
    }

    /**
     * Starts all nodes that do not run, resumes all that pause, and waits until all know the same, nothing of it is left
     * to be done, and all members serve requests (docs/invariants.md D17), unless there are too few of them for any.
     */
    public void startAll() {
        nodes.forEach(SimulatedNode::resume);
        nodes.forEach(SimulatedNode::start);
        long end = simulation.now() + MOST_FOR_MEMBERSHIP.toNanos();
        for (Optional<String> open = unsettled(); open.isPresent(); open = unsettled()) {
            if (simulation.now() > end) {
                throw new AssertionError("after %s: %s (D17)".formatted(MOST_FOR_MEMBERSHIP, open.get()));
            }
            simulation.runFor(Duration.ofMillis(20));
        }
    }

    /** All that any node has on disk of the membership, put together. */
    public MembershipHistory history() {
        return nodes.stream()
                .map(node -> node.disk().membership())
                .reduce(MembershipHistory.empty(), MembershipHistory::merge);
    }

    private Optional<String> unsettled() {
        MembershipHistory history = history();
        for (SimulatedNode node : nodes) {
            if (node.wantsToBeMember() && !node.isRetired() && !serves(node, history)) {
                return Optional.of("%s does not serve requests".formatted(node.id()));
            }
        }
        if (history.founding().isEmpty()
                || history.progress().isPresent()
                || !history.due().isEmpty()) {
            return Optional.of("something is left to be done: " + history);
        }
        return nodes.stream()
                .filter(node -> !node.disk().membership().equals(history) || isMissing(node, history))
                .map(node -> "%s knows %s, the others %s"
                        .formatted(node.id(), node.disk().membership(), history))
                .findFirst();
    }

    /** As far as it can: where there are fewer members than a request needs, nobody does. */
    private boolean serves(SimulatedNode node, MembershipHistory history) {
        int members = history.members().size();
        return node.isReady() || (members > 0 && members < Math.max(options.r(), options.w()));
    }

    private boolean isMissing(SimulatedNode node, MembershipHistory history) {
        Incarnation incarnation = node.incarnation().orElseThrow();
        return history.isMember(incarnation)
                ? !serves(node, history)
                : node.wantsToBeMember() && !node.isRetired() && !history.isGone(incarnation);
    }

    /** Ends all faults of network, disks and clocks, for the rest of the run; what cannot go on is to be started anew. */
    public void healAll() {
        network.heal();
        network.setFaults(NetworkFaults.none());
        nodes.forEach(node -> node.disk().heal());
        nodes.stream().filter(node -> node.disk().hasFailed()).forEach(SimulatedNode::crash);
        nodes.forEach(node -> node.setClockError(Duration.ZERO));
    }

    /** The nodes that hold what the cluster holds in the end, and nothing else. */
    List<SimulatedNode> settled() {
        List<NodeId> members = history().ring().orElseThrow().nodes();
        return isTooSmall()
                ? nodes.stream().filter(node -> members.contains(node.id())).toList()
                : nodes();
    }

    /**
     * Whether operators have left a single member where a write is promised several copies: then nobody gives up a copy
     * that it need not have.
     */
    public boolean isTooSmall() {
        return options.w() > 1
                && history()
                                .ring()
                                .orElseThrow()
                                .preferenceLists()
                                .getFirst()
                                .home()
                                .size()
                        < 2;
    }

    /** Keys that any node keeps for another. */
    public List<Key> hinted() {
        return nodes.stream()
                .flatMap(node -> node.disk().hintedKeys().stream())
                .distinct()
                .toList();
    }

    /** Every key that any disk holds. */
    public List<Key> keys() {
        TreeSet<Key> keys = new TreeSet<>();
        nodes.forEach(node -> {
            keys.addAll(node.disk().keys());
            keys.addAll(node.disk().hintedKeys());
        });
        return List.copyOf(keys);
    }

    /** Passes everything on to whoever observes. */
    private final class Everyone implements Observer {

        @Override
        public void onSend(NodeId from, NodeId to, Message message) {
            observers.forEach(observer -> observer.onSend(from, to, message));
        }

        @Override
        public void onCommit(NodeId node, Key key, StoredRecord record) {
            Versions versions = record.versions();
            simulation.log("commit at " + node + " " + key + " ", versions.encode(), versions::dots);
            observers.forEach(observer -> observer.onCommit(node, key, record));
        }

        @Override
        public void onEvent(NodeId node, NodeEvent event) {
            observers.forEach(observer -> observer.onEvent(node, event));
        }

        @Override
        public void afterEvent() {
            observers.forEach(Observer::afterEvent);
        }

        @Override
        public void count(String what) {
            observers.forEach(observer -> observer.count(what));
        }
    }
}
