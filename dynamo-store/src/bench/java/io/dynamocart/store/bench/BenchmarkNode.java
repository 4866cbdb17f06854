package io.dynamocart.store.bench;

import com.sun.management.OperatingSystemMXBean;
import io.dynamocart.store.Expiry;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.backup.BackupSettings;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.node.NodeSettings;
import io.dynamocart.store.node.RepairSettings;
import io.dynamocart.store.replica.ReplicaLimits;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.runtime.DriverSettings;
import io.dynamocart.store.runtime.NodeDriver;
import io.dynamocart.store.storage.StorageSettings;
import io.dynamocart.store.transport.TransportSettings;
import io.dynamocart.store.version.Truncation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One of the JVMs: a node as the application runs it, and the clients that use it. Does what it is told on standard
 * input, a line at a time, and answers each with a line on standard output.
 */
final class BenchmarkNode {

    static final String ANSWER = "> ";

    private BenchmarkNode() {}

    /** Arguments: number of the node, addresses of all, data directory, bytes of cache, number of keys. */
    static void main(String[] args) throws IOException {
        int number = Integer.parseInt(args[0]);
        List<String> addresses = List.of(args[1].split(",", -1));
        int keys = Integer.parseInt(args[4]);
        DriverSettings settings =
                settings(number, addresses, Path.of(args[2]), Long.parseLong(args[3]));
        try (NodeDriver driver = NodeDriver.start(settings, event -> {})) {
            while (!driver.ask(DynamoNode::isReady).join()) {
                Thread.onSpinWait();
            }
            Clients clients = new Clients(driver.store(), number - 1, addresses.size(), keys);
            answer("ready");
            serve(driver, clients);
        }
    }

    private static void serve(NodeDriver driver, Clients clients) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "load" -> clients.load();
                case "start" -> clients.start(Mix.valueOf(words[1]), Integer.parseInt(words[2]));
                case "mark" -> clients.mark();
                case "stop" -> {
                    answer(clients.stop());
                    continue;
                }
                case "meter" -> {
                    NodeDriver.CacheUse cache = driver.cacheUse().join();
                    answer(cpuNanos() + " " + cache.hits() + " " + cache.misses());
                    continue;
                }
                case "quit" -> {
                    return;
                }
                default -> throw new IllegalArgumentException(line);
            }
            answer("done");
        }
    }

    /** Whatever else is on standard output is a log. */
    private static void answer(String line) {
        System.out.println(ANSWER + line);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static DriverSettings settings(int number, List<String> addresses, Path data, long cacheBytes) {
        Duration timeout = Duration.ofSeconds(10);
        NodeSettings node = new NodeSettings(
                new Member(new NodeId("node-" + number), addresses.get(number - 1), "default", 1),
                addresses,
                false,
                new Partitioning.EqualShares(256),
                ReadOptions.of(3, 2, timeout),
                WriteOptions.of(3, 2, timeout),
                new FailureDetector.Settings(Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofSeconds(1)),
                new ReplicaLimits(128, Truncation.off()).withObjectBuffer(Integer.getInteger("bench.objectBuffer", 0)),
                100_000,
                0.05,
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                RepairSettings.standard(),
                Expiry.never());
        return new DriverSettings(
                node,
                "benchmark",
                "",
                null,
                data,
                addresses.get(number - 1),
                new StorageSettings(cacheBytes, Integer.getInteger("bench.writeBufferMb", 16) << 20),
                TransportSettings.standard(),
                BackupSettings.none(),
                4096,
                Duration.ofSeconds(5));
    }
}
