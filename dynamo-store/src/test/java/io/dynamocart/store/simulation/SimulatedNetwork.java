package io.dynamocart.store.simulation;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.transport.MessageCodec;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The network between simulated nodes: does everything that the transport's contract allows. Messages are lost, late,
 * doubled and out of order; cuts go one way or both, and are noticed late or never; every message goes through the real
 * wire form.
 */
public final class SimulatedNetwork {

    private static final long RECONNECT = Duration.ofMillis(200).toNanos();
    private static final long CUT_NOTICED = Duration.ofSeconds(8).toNanos();

    private record Way(NodeId from, NodeId to) implements Comparable<Way> {
        @Override
        public int compareTo(Way other) {
            int byFrom = from.compareTo(other.from);
            return byFrom != 0 ? byFrom : to.compareTo(other.to);
        }
    }

    private final Simulation simulation;
    private final SeededRandom random;
    private final Map<String, SimulatedNode> byAddress = new TreeMap<>();
    private final Map<NodeId, SimulatedNode> nodes = new TreeMap<>();
    private final TreeSet<Way> cuts = new TreeSet<>();
    private final Observer observer;
    private NetworkFaults faults = NetworkFaults.none();

    SimulatedNetwork(Simulation simulation, Observer observer) {
        this.simulation = simulation;
        this.random = simulation.random("network");
        this.observer = observer;
    }

    void add(SimulatedNode node) {
        byAddress.put(node.address(), node);
        nodes.put(node.id(), node);
    }

    void setFaults(NetworkFaults faults) {
        this.faults = faults;
    }

    /** Drops everything from one node to the other; the other way stays open. */
    public void cut(NodeId from, NodeId to) {
        cuts.add(new Way(from, to));
        observer.count("cuts");
        simulation.log("cut " + from + " -> " + to);
        simulation.after(random.between(0, CUT_NOTICED), () -> {
            if (isCut(from, to)) {
                nodes.values().forEach(node -> node.loseLinks(from, to));
            }
        });
    }

    public void heal() {
        if (!cuts.isEmpty()) {
            simulation.log("heal all cuts");
            cuts.clear();
        }
    }

    /** The others notice a crash soon, or, if the whole machine went, after a while. */
    void onCrash(SimulatedNode crashed) {
        for (SimulatedNode node : nodes.values()) {
            long noticed = random.chance(0.9) ? random.between(1_000_000, 50_000_000) : random.between(0, CUT_NOTICED);
            SimulatedProcess process = node.process();
            SimulatedProcess dead = process == null ? null : process.links().target(crashed.id());
            if (process != null && dead != null) {
                simulation.after(noticed, () -> node.loseLinkTo(process, dead));
            }
        }
    }

    public boolean isCut(NodeId from, NodeId to) {
        return cuts.contains(new Way(from, to));
    }

    /** What one process of a node sends through. */
    Transport transportOf(SimulatedProcess process) {
        return new Transport() {
            @Override
            public void link(String address) {
                if (process.links().begin(address)) {
                    connect(process, address);
                }
            }

            @Override
            public void unlink(String address) {
                process.links().letGo(address);
            }

            @Override
            public boolean send(NodeId to, Message message) {
                SimulatedNetwork.this.send(process, to, message);
                return true;
            }
        };
    }

    /** Tries until there is a link, and begins anew when it is lost, for as long as it is wanted. */
    void connect(SimulatedProcess process, String address) {
        simulation.after(faults.delay() + random.between(0, RECONNECT), () -> {
            SimulatedNode target = byAddress.get(address);
            if (!process.isAlive() || !process.links().goesOn(address)) {
                return;
            }
            SimulatedProcess other = target == null ? null : target.process();
            boolean open = other != null
                    && !other.isPaused()
                    && !isCut(process.id(), other.id())
                    && !isCut(other.id(), process.id());
            if (other == null || !open) {
                connect(process, address);
                return;
            }
            process.links().open(address, other);
            simulation.log("link " + process.id() + " -> " + other.id());
            process.run(now -> process.node().onLinkUp(now, other.id()));
        });
    }

    private void send(SimulatedProcess from, NodeId to, Message message) {
        SimulatedProcess target = targetOf(from, to, message);
        if (target == null || random.chance(faults.loss())) {
            return;
        }
        observer.onSend(from.id(), to, message);
        ByteWriter out = new ByteWriter();
        MessageCodec.encode(message, out);
        byte[] frame = out.toByteArray();
        deliver(from, target, frame);
        if (random.chance(faults.duplication())) {
            observer.count("duplicated messages");
            deliver(from, target, frame);
        }
    }

    /** A response goes back the way its request came, everything else over the sender's own link. */
    private @Nullable SimulatedProcess targetOf(SimulatedProcess from, NodeId to, Message message) {
        SimulatedNode node = nodes.get(to);
        SimulatedProcess caller = node == null ? null : node.process();
        boolean called = caller != null && from.equals(caller.links().target(from.id()));
        return called && message instanceof Message.Response
                ? caller
                : from.links().target(to);
    }

    private void deliver(SimulatedProcess from, SimulatedProcess target, byte[] frame) {
        long delay = faults.delay() + random.between(0, faults.jitter());
        if (random.chance(faults.straggling())) {
            delay *= 100;
        }
        NodeId sender = from.id();
        simulation.after(delay, () -> {
            if (isCut(sender, target.id())) {
                observer.count("messages cut off");
                return;
            }
            target.run(now -> {
                Message message = MessageCodec.decode(new ByteReader(frame));
                simulation.log(sender + " -> " + target.id() + " ", frame, () -> message);
                target.node().onMessage(now, sender, message);
            });
        });
    }
}
