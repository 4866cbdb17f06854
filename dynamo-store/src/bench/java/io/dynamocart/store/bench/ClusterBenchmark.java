package io.dynamocart.store.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Three nodes in three JVMs on loopback, LevelDB with synced writes, (3,2,2), values of 1 KiB: operations per second,
 * latency, and CPU time of all processes per operation. Once with all data in the caches, once with ten times as much
 * data as they hold.
 */
final class ClusterBenchmark {

    private static final int NODES = 3;
    private static final int RECORD_BYTES = 1_500;
    private static final int WARM_UP_IN_FLIGHT = 21;

    private final List<Mix> mixes = list("bench.mixes", "READ,WRITE,HALF").map(Mix::valueOf).toList();
    private final List<Integer> loads =
            list("bench.inFlight", "1,16,64").map(Integer::valueOf).toList();
    private final List<String> caches = list("bench.caches", "large,small").toList();
    private final int keys = Integer.getInteger("bench.keys", 100_000);
    private final Duration firstWarmUp = Duration.ofSeconds(Integer.getInteger("bench.firstWarmUpSeconds", 40));
    private final Duration warmUp = Duration.ofSeconds(Integer.getInteger("bench.warmUpSeconds", 5));
    private final Duration measured = Duration.ofSeconds(Integer.getInteger("bench.seconds", 10));
    private final Path directory;
    private final List<Result> results = new ArrayList<>();

    private ClusterBenchmark(Path directory) {
        this.directory = directory;
    }

    /** Arguments: the directory for data and results. */
    static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        deleteAll(directory.resolve("data"));
        ClusterBenchmark benchmark = new ClusterBenchmark(directory);
        long data = (long) benchmark.keys * RECORD_BYTES;
        if (benchmark.caches.contains("large")) {
            System.out.printf("All data in the caches%n%s%n", Result.header());
            benchmark.run(4 * data);
        }
        if (benchmark.caches.contains("small")) {
            System.out.printf("%nTen times as much data as the caches hold%n%s%n", Result.header());
            benchmark.run(data / 10);
        }
        benchmark.writeResults();
        deleteAll(directory.resolve("data"));
    }

    private static Stream<String> list(String property, String usually) {
        return Stream.of(System.getProperty(property, usually).split(",", -1));
    }

    private void run(long cacheBytes) {
        List<Child> nodes = startNodes(cacheBytes);
        try {
            nodes.forEach(Child::awaitReady);
            tellAll(nodes, "load");
            warmUp(nodes);
            measureAll(nodes);
        } finally {
            nodes.forEach(Child::quit);
        }
    }

    /** Lets the JVMs compile what will be measured; it takes them longer than a row of the table. */
    private void warmUp(List<Child> nodes) {
        nodes.forEach(node -> node.tell("start " + Mix.HALF + " " + WARM_UP_IN_FLIGHT));
        nodes.forEach(Child::answer);
        pause(firstWarmUp);
        tellAll(nodes, "stop");
    }

    private void measureAll(List<Child> nodes) {
        for (Mix mix : mixes) {
            for (int inFlight : loads) {
                Result result = measure(nodes, mix, inFlight);
                results.add(result);
                System.out.println(result.row());
            }
        }
    }

    private Result measure(List<Child> nodes, Mix mix, int inFlight) {
        for (int i = 0; i < NODES; i++) {
            int share = (inFlight + NODES - 1 - i) / NODES;
            nodes.get(i).tell("start " + mix + " " + share);
        }
        nodes.forEach(Child::answer);
        pause(warmUp);
        List<long[]> before = meters(nodes);
        tellAll(nodes, "mark");
        long begin = System.nanoTime();
        pause(measured);
        double seconds = (System.nanoTime() - begin) / 1e9;
        List<long[]> after = meters(nodes);
        nodes.forEach(node -> node.tell("stop"));
        Histogram latencies = new Histogram(3);
        nodes.forEach(node -> latencies.add(histogram(node.answer())));
        double operations = latencies.getTotalCount();
        double cpuMicros = grown(before, after, 0) / 1e3;
        double hits = grown(before, after, 1);
        double misses = grown(before, after, 2);
        return new Result(
                mix,
                inFlight,
                operations / seconds,
                cpuMicros / operations,
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getValueAtPercentile(99.9),
                keys,
                hits / Math.max(1, hits + misses));
    }

    private static List<long[]> meters(List<Child> nodes) {
        nodes.forEach(node -> node.tell("meter"));
        return nodes.stream()
                .map(node -> Stream.of(node.answer().split(" ", -1))
                        .mapToLong(Long::parseLong)
                        .toArray())
                .toList();
    }

    private static double grown(List<long[]> before, List<long[]> after, int column) {
        return IntStream.range(0, before.size())
                .mapToDouble(i -> after.get(i)[column] - before.get(i)[column])
                .sum();
    }

    private static Histogram histogram(String encoded) {
        return Histogram.decodeFromByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)), 1);
    }

    private List<Child> startNodes(long cacheBytes) {
        List<String> addresses = freeAddresses();
        return IntStream.rangeClosed(1, NODES)
                .mapToObj(number -> Child.start(
                        String.valueOf(number),
                        String.join(",", addresses),
                        directory.resolve("data").resolve("node-" + number).toString(),
                        String.valueOf(cacheBytes),
                        String.valueOf(keys)))
                .toList();
    }

    private static List<String> freeAddresses() {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < NODES; i++) {
                sockets.add(new ServerSocket(0));
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sockets.stream()
                .map(socket -> "127.0.0.1:" + socket.getLocalPort())
                .toList();
    }

    private static void tellAll(List<Child> nodes, String command) {
        nodes.forEach(node -> node.tell(command));
        nodes.forEach(Child::answer);
    }

    private void writeResults() throws IOException {
        String json = results.stream().map(Result::json).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
        Path file = directory.resolve("result.json");
        Files.writeString(file, json);
        System.out.println("\nWritten to " + file);
    }

    private static void deleteAll(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(directory);
    }

    /** Measuring takes time; this is the only thing here that waits by the clock. */
    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of the processes. */
    private record Child(Process process, BufferedReader out, PrintWriter in) {

        static Child start(String... arguments) {
            List<String> command = new ArrayList<>();
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(List.of(System.getProperty("bench.jvm", "").split(" ", -1)));
            command.removeIf(String::isEmpty);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), BenchmarkNode.class.getName()));
            command.addAll(List.of(arguments));
            try {
                Process process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                return new Child(
                        process,
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
                        new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void awaitReady() {
            String answer = answer();
            if (!answer.equals("ready")) {
                throw new IllegalStateException("instead of being ready a node said " + answer);
            }
        }

        void tell(String command) {
            in.println(command);
        }

        String answer() {
            try {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    if (line.startsWith(BenchmarkNode.ANSWER)) {
                        return line.substring(BenchmarkNode.ANSWER.length());
                    }
                }
                throw new IllegalStateException("a node has died");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void quit() {
            tell("quit");
            process.onExit().join();
        }
    }
}
