package io.dynamocart.store.simulation;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.node.ChangedSettings;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.node.NodeSettings;
import io.dynamocart.store.node.NodeStore;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.ContextSeal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A machine of the cluster: a disk and a clock that outlive the processes that run on it one after the other. */
public final class SimulatedNode {

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final long HAND_OVER = 20_000;

    private final Simulation simulation;
    private final SimulatedNetwork network;
    private NodeSettings settings;
    private final SimulatedDisk disk;
    private final Observer observer;
    private final Mutation mutation;
    private Duration clockError = Duration.ZERO;
    private boolean retired;
    private int starts;
    private @Nullable SimulatedProcess process;
    private @Nullable NodeStore store;

    SimulatedNode(
            Simulation simulation,
            SimulatedNetwork network,
            NodeSettings settings,
            Observer observer,
            Mutation mutation) {
        this.simulation = simulation;
        this.network = network;
        this.settings = settings;
        this.observer = observer;
        this.mutation = mutation;
        this.disk = new SimulatedDisk(simulation, settings.self().id(), observer);
    }

    public NodeId id() {
        return settings.self().id();
    }

    String address() {
        return settings.self().address();
    }

    public SimulatedDisk disk() {
        return disk;
    }

    Observer observer() {
        return observer;
    }

    /** An operator changes what its settings say of itself, for its next start. */
    public void become(String zone, int weight) {
        Member self = settings.self();
        settings = ChangedSettings.with(settings, new Member(self.id(), self.address(), zone, weight));
    }

    @Nullable
    SimulatedProcess process() {
        return process;
    }

    /** An operator told it to go. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** Whether it should be a member: it is one of the seeds, or its settings say so. */
    boolean wantsToBeMember() {
        return settings.join() || settings.seeds().contains(address());
    }

    /** Itself in its present life; none before the first start on an empty disk. */
    Optional<Incarnation> incarnation() {
        OptionalLong number = disk.found().incarnation();
        return number.isPresent() ? Optional.of(new Incarnation(id(), number.getAsLong())) : Optional.empty();
    }

    public boolean isRunning() {
        return process != null;
    }

    public boolean isPaused() {
        return process != null && process.isPaused();
    }

    /** Whether it runs and serves requests. */
    public boolean isReady() {
        return process != null && !process.isPaused() && process.node().isReady();
    }

    /** How far its wall clock is off from now on. */
    public void setClockError(Duration error) {
        clockError = error;
    }

    Moment moment() {
        long now = simulation.now();
        return new Moment(now, timeAt(now).plus(clockError));
    }

    /** What a clock shows that is right. */
    static Instant timeAt(long nanos) {
        return EPOCH.plusNanos(nanos);
    }

    /** The wall clock of this machine. */
    public InstantSource wallClock() {
        return () -> moment().wall();
    }

    /** The clock of this machine that does not jump. */
    public long nanos() {
        return moment().nanos();
    }

    public void start() {
        if (process != null) {
            return;
        }
        starts++;
        simulation.log("start " + id());
        SimulatedProcess started = new SimulatedProcess(this, simulation);
        process = started;
        RandomSource random = mutation.random().apply(simulation.random(id() + " start " + starts));
        Storage storage = mutation.storage().apply(disk.open(started));
        DynamoNode node = new DynamoNode(
                settings,
                disk.found(),
                mutation.transport().apply(network.transportOf(started)),
                storage,
                random,
                event -> observer.onEvent(id(), event));
        store = new NodeStore(
                node,
                action -> simulation.after(HAND_OVER, () -> started.run(action)),
                settings,
                new ContextSeal("simulation".getBytes(StandardCharsets.UTF_8)));
        started.boot(node);
    }

    /** Kills the process, as {@code kill -9} or a power failure does. */
    public void crash() {
        SimulatedProcess dying = process;
        if (dying == null) {
            return;
        }
        simulation.log("crash " + id());
        observer.count("crashes");
        process = null;
        store = null;
        disk.crash();
        dying.die();
        network.onCrash(this);
    }

    public void pause() {
        if (process != null && !process.isPaused()) {
            simulation.log("pause " + id());
            observer.count("pauses");
            process.pause();
        }
    }

    public void resume() {
        if (process != null && process.isPaused()) {
            simulation.log("resume " + id());
            process.resume();
        }
    }

    /** The store as an application in this instance sees it; only while it runs. */
    public DynamoStore store() {
        if (store == null) {
            throw new IllegalStateException(id() + " does not run");
        }
        return store;
    }

    /** The node itself, as an operator reaches it; only while it runs. */
    public DynamoNode dynamo() {
        if (process == null) {
            throw new IllegalStateException(id() + " does not run");
        }
        return process.node();
    }

    /** Makes a client's promise die when this instance does. */
    public <T> CompletableFuture<T> untilCrash(CompletableFuture<T> promise) {
        if (process == null) {
            promise.completeExceptionally(new SimulatedProcess.InstanceDied(id()));
            return promise;
        }
        return process.promise(promise);
    }

    /** Closes the link of {@code from} to {@code to} if this is one of them; it is then tried anew. */
    void loseLinks(NodeId from, NodeId to) {
        if (id().equals(from)) {
            loseLink(to);
        }
        if (id().equals(to)) {
            loseLink(from);
        }
    }

    /** Closes the link of one process to another, if both have not been replaced since. */
    void loseLinkTo(SimulatedProcess from, SimulatedProcess to) {
        boolean same = from.equals(process) && to.equals(from.links().target(to.id()));
        if (same) {
            loseLink(to.id());
        }
    }

    void loseLink(NodeId peer) {
        SimulatedProcess running = process;
        if (running == null) {
            return;
        }
        String address = running.links().close(peer);
        if (address != null) {
            simulation.log("link lost " + id() + " -> " + peer);
            running.run(now -> running.node().onLinkDown(now, peer));
            network.connect(running, address);
        }
    }
}
