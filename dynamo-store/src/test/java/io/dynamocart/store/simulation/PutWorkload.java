package io.dynamocart.store.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Clients that read and write a few keys through any node: with the context they have, with an old one, with none at
 * all, and sometimes deleting.
 */
public final class PutWorkload implements Workload {

    private static final int CLIENTS = 5;
    private static final int KEYS = 6;
    private static final long FASHION = 2_000_000_000;

    private final SimulatedCluster cluster;
    private final Simulation simulation;
    private final PutOracle oracle;
    private final QuorumWatch quorums;
    private final Tally tally;
    private final List<Client> clients = new ArrayList<>();
    private boolean destroyed;
    private boolean over;

    public PutWorkload(SimulatedCluster cluster, Tally tally) {
        this.cluster = cluster;
        this.simulation = cluster.simulation();
        this.tally = tally;
        this.oracle = new PutOracle(cluster, this::doubt);
        cluster.observe(oracle);
        this.quorums = new QuorumWatch(cluster);
        cluster.observe(quorums);
        cluster.observe(new Observer() {
            @Override
            public void onEvent(NodeId node, NodeEvent event) {
                if (event instanceof NodeEvent.TombstoneReaped reaped) {
                    forget(reaped.key());
                }
            }

            @Override
            public void count(String what) {
                destroyed |= Losses.isLossOfHome(what);
            }
        });
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(i, simulation.random("client " + i)));
        }
    }

    @Override
    public void begin() {
        clients.forEach(Client::next);
    }

    @Override
    public void end() {
        over = true;
    }

    @Override
    public void verify() {
        oracle.verify();
    }

    /** Nothing is left of the key, and nobody wants it. */
    private void forget(Key key) {
        clients.forEach(client -> client.acknowledged.remove(key));
        quorums.forget(key);
    }

    /** This write does not have to be met by everybody who reads the key. */
    private void doubt(Key key, Dot dot) {
        clients.forEach(
                client -> client.acknowledged.getOrDefault(key, new HashSet<>()).remove(dot));
        quorums.forget(key, dot);
    }

    /** A client does one thing after the other, and remembers the contexts it was given. */
    private final class Client {

        private final int number;
        private final SeededRandom random;
        private final Map<Key, Context> contexts = new TreeMap<>();
        private final Map<Key, Set<Dot>> acknowledged = new TreeMap<>();
        private int writes;

        Client(int number, SeededRandom random) {
            this.number = number;
            this.random = random;
        }

        void next() {
            if (over) {
                return;
            }
            simulation.after(random.between(1_000_000, 400_000_000), () -> {
                long chosen = key();
                Key key = Key.of("key-" + chosen);
                List<SimulatedNode> running = cluster.nodes().stream()
                        .filter(SimulatedNode::isRunning)
                        .toList();
                if (running.isEmpty()) {
                    next();
                } else if (random.chance(contexts.containsKey(key) ? 0.4 : 0.9)) {
                    read(random.pick(running), key);
                } else {
                    write(random.pick(running), key, random.chance(isPast(chosen) ? 0.7 : 0.1));
                }
            });
        }

        /** Mostly one of a few that everybody uses now, which are others after a while; else any that there was. */
        private long key() {
            long first = simulation.now() / FASHION;
            return random.chance(0.7) ? first + random.nextInt(KEYS) : random.nextInt((int) first + KEYS);
        }

        /** Keys that nobody uses any more are tidied up by those who come upon them. */
        private boolean isPast(long key) {
            return key < simulation.now() / FASHION;
        }

        private void read(SimulatedNode node, Key key) {
            CompletableFuture<GetResult> answer = node.untilCrash(node.store().get(key));
            simulation.when(answer, (found, problem) -> {
                if (found != null) {
                    onRead(key, found);
                }
                next();
            });
        }

        private void onRead(Key key, GetResult found) {
            simulation.log("client " + number + " reads " + key + " "
                    + found.versions().dots());
            tally.count("reads answered");
            if (found.versions().list().size() > 1) {
                tally.count("conflicts seen by clients");
            }
            if (cluster.options().overlaps()
                    && found.homeReplicas() >= cluster.options().r()
                    && !destroyed
                    && cluster.options().truncation().isOff()) {
                assertThat(acknowledged.getOrDefault(key, Set.of()))
                        .as(
                                "a read from R home replicas covers every write that W of them acknowledged before (D19), %s",
                                key)
                        .allMatch(found.context().clock()::contains);
            }
            contexts.put(key, found.context());
        }

        private void write(SimulatedNode node, Key key, boolean tired) {
            Context context = random.chance(0.2) ? Context.none(key) : contexts.getOrDefault(key, Context.none(key));
            boolean delete = tired && !context.isEmpty();
            DynamoStore store = node.store();
            if (delete) {
                tally.count("deletes sent");
                oracle.sentDelete(key, context.clock());
                simulation.when(node.untilCrash(store.delete(key, context)), (done, problem) -> {
                    onDeleted(key, done);
                    next();
                });
                return;
            }
            Value value = Value.of("client " + number + " write " + ++writes);
            oracle.sent(key, context.clock(), value);
            simulation.when(node.untilCrash(store.put(key, context, value)), (done, problem) -> {
                onWritten(key, value, context, done);
                next();
            });
        }

        private void onDeleted(Key key, @Nullable PutResult done) {
            if (done == null) {
                return;
            }
            simulation.log("client " + number + " deleted " + key + " " + done.dot());
            tally.count("deletes acknowledged");
            oracle.acknowledgedDelete(key, done.dot());
            if (random.chance(0.7)) {
                contexts.put(key, done.context());
            }
        }

        private void onWritten(Key key, Value value, Context before, @Nullable PutResult done) {
            if (done == null) {
                tally.count("puts not acknowledged");
                return;
            }
            simulation.log("client " + number + " wrote " + key + " " + done.dot());
            tally.count("puts acknowledged");
            assertThat(done.context().clock())
                    .as("the context of a put covers what its client saw, and the put (C1)")
                    .isEqualTo(before.clock().with(done.dot()));
            if (done.standIns() > 0) {
                tally.count("puts acknowledged with the help of stand-ins");
            }
            if (done.homeReplicas() >= cluster.options().w()) {
                quorums.acknowledged(key, done.dot());
                acknowledged.computeIfAbsent(key, _ -> new HashSet<>()).add(done.dot());
            }
            // After that, since it may be told to be in doubt at once
            oracle.acknowledged(key, value, done.dot(), cluster.options().w());
            if (random.chance(0.7)) {
                contexts.put(key, done.context());
            }
        }
    }
}
