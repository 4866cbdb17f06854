package io.dynamocart.store.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.backup.BackupReport;
import io.dynamocart.store.backup.BackupSettings;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.node.ChangedSettings;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.node.PaperSettings;
import io.dynamocart.store.node.RepairSettings;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.storage.StorageSettings;
import io.dynamocart.store.transport.Ports;
import io.dynamocart.store.transport.Protocol;
import io.dynamocart.store.transport.TransportSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Three nodes as they run in production, in this JVM: real threads, real disks, real connections. */
final class RealCluster implements AutoCloseable {

    private static final int SIZE = 3;

    /** No test is about how quick this machine is. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path directory;
    private final String name;
    private final List<String> addresses = Ports.freeAddresses(SIZE);
    private final Map<Integer, NodeDriver> nodes = new TreeMap<>();
    private final Map<Integer, Protocol> protocols = new TreeMap<>();
    private final Map<Integer, LinkFilter> filters = new TreeMap<>();
    private final Map<Integer, NodeEvent.Listener> listeners = new TreeMap<>();

    RealCluster(Path directory) {
        this(directory, "test");
    }

    RealCluster(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** Lets a node speak these versions from its next start on. */
    void speak(int number, Protocol protocol) {
        protocols.put(number, protocol);
    }

    /** Puts a node behind this network from its next start on. */
    void filter(int number, LinkFilter filter) {
        filters.put(number, filter);
    }

    /** Tells of what happens in a node from its next start on, instead of logging it. */
    void listen(int number, NodeEvent.Listener listener) {
        listeners.put(number, listener);
    }

    /** Starts all nodes that do not run, and waits until they serve requests. */
    void startAll() {
        for (int number = 1; number <= SIZE; number++) {
            nodes.computeIfAbsent(number, this::start);
        }
        nodes.keySet().forEach(this::awaitReady);
    }

    void awaitReady(int number) {
        Await.until("node " + number + " is ready", () -> await(node(number).ask(DynamoNode::isReady)));
    }

    NodeDriver start(int number) {
        DriverSettings settings = settings(number);
        return NodeDriver.start(
                settings,
                listeners.getOrDefault(number, new EventLog()),
                filters.getOrDefault(number, LinkFilter.all()));
    }

    void restart(int number) {
        nodes.put(number, start(number));
    }

    void stop(int number) {
        NodeDriver node = nodes.remove(number);
        if (node != null) {
            node.close();
        }
    }

    /** Begins a backup at one node, and returns the files of all once they are done. */
    List<Path> backUp(int number) {
        Instant begun = await(node(number).beginBackup()).begun();
        return nodes.values().stream().map(node -> backupOf(node, begun)).toList();
    }

    private Path backupOf(NodeDriver node, Instant begun) {
        Await.until(
                "the backup has ended",
                () -> node.latestBackup()
                        .filter(report -> report.begun().equals(begun) && !report.isRunning())
                        .isPresent());
        BackupReport report = node.latestBackup().orElseThrow();
        assertThat(report.state()).isEqualTo("done");
        return directory.resolve("backups").resolve(report.file());
    }

    DynamoStore store(int number) {
        return node(number).store();
    }

    @Override
    public void close() {
        List.copyOf(nodes.keySet()).forEach(this::stop);
    }

    static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    DriverSettings settings(int number) {
        return settings(number, RepairSettings.standard());
    }

    DriverSettings settings(int number, RepairSettings repair) {
        Member self = new Member(new NodeId("node-" + number), addresses.get(number - 1), "default", 1);
        return new DriverSettings(
                ChangedSettings.with(PaperSettings.of(self, addresses, PATIENCE), repair),
                name,
                "secret",
                null,
                directory.resolve("node-" + number),
                self.address(),
                new StorageSettings(1 << 20, 1 << 20),
                TransportSettings.standard().speaking(protocols.getOrDefault(number, Protocol.NEWEST)),
                new BackupSettings(directory.resolve("backups"), 32 << 20, 0, Duration.ofDays(10)),
                100,
                Duration.ofSeconds(5));
    }

    NodeDriver node(int number) {
        NodeDriver node = nodes.get(number);
        if (node == null) {
            throw new IllegalStateException("node " + number + " does not run");
        }
        return node;
    }
}
