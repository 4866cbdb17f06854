package io.dynamocart.app.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.app.CartApplication;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.PortInUseException;

/** A local cluster that is stopped is gone, except for what it has stored. */
@ExtendWith(OutputCaptureExtension.class)
class StoppedLocalClusterTests {

    @TempDir
    private Path directory;

    /** The shared cluster may run beside this one. */
    private final List<Thread> others = threadsOfNodes();

    @Test
    void startedAgainItHasTheCartsAndSaysWhereItServes(CapturedOutput output) {
        LocalClusterProperties settings = FreePorts.settings(directory);
        LocalCluster first = LocalCluster.start(CartApplication.class, settings, SharedLocalCluster.PATIENT);
        assertThat(new Shop(first.urls().getFirst()).add("alice", "apple")).matches(Shop.Answer::isCreated);
        first.stop();

        LocalCluster second = LocalCluster.start(CartApplication.class, settings, SharedLocalCluster.PATIENT);
        try {
            Shop shop = new Shop(second.urls().getLast());
            assertThat(shop.quantity("alice", "apple")).isEqualTo(1);
            assertThat(shop.add("alice", "apple")).matches(Shop.Answer::isCreated);
            assertThat(shop.quantity("alice", "apple")).isEqualTo(2);
            assertThat(second.urls()).hasSize(3).doesNotHaveDuplicates().allMatch(output.getOut()::contains);
        } finally {
            second.stop();
        }
    }

    @Test
    void itLeavesNoPortNoThreadAndNoLockBehind() throws Exception {
        LocalClusterProperties settings = FreePorts.settings(directory);
        LocalCluster cluster = LocalCluster.start(CartApplication.class, settings, SharedLocalCluster.PATIENT);
        List<Thread> threads = threadsStartedHere();
        assertThat(threads).extracting(Thread::getName).contains("node-1", "node-2", "node-3");

        cluster.stop();

        assertNothingIsLeft(settings, threads);
    }

    @Test
    void whereOneInstanceCannotStartTheOthersAreStoppedAndTheAdviceIsForAllThree(CapturedOutput output)
            throws Exception {
        LocalClusterProperties settings = FreePorts.settings(directory);

        try (ServerSocket _ = new ServerSocket(settings.httpPort(3), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalCluster.start(CartApplication.class, settings))
                    .hasRootCauseInstanceOf(BindException.class)
                    .hasStackTraceContaining(PortInUseException.class.getName());
        }

        assertThat(output.getOut())
                .contains("port %d is taken".formatted(settings.httpPort(3)))
                .contains("--local-cluster.http-port=");
        assertNothingIsLeft(settings, threadsStartedHere());
    }

    @Test
    void whereItsDataIsInUseTheAdviceIsForAllThree(CapturedOutput output) throws Exception {
        LocalClusterProperties settings = FreePorts.settings(directory);
        Files.createDirectories(directory.resolve("node-1"));

        try (FileChannel file = FileChannel.open(
                        directory.resolve("node-1").resolve("LOCK"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            assertThatThrownBy(() -> LocalCluster.start(CartApplication.class, settings));
        }

        assertThat(output.getOut())
                .contains("The local cluster did not start: ", "set local-cluster.data-dir to another one");
    }

    @Test
    void soItIsWhereThePortOfANodeIsTaken(CapturedOutput output) throws Exception {
        LocalClusterProperties settings = FreePorts.settings(directory);

        try (ServerSocket _ = new ServerSocket(settings.nodePort(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalCluster.start(CartApplication.class, settings));
        }

        assertThat(output.getOut())
                .contains("The local cluster did not start: ", "by setting local-cluster.node-port to another one");
    }

    @Test
    void whatIsMisspelledIsRefused(CapturedOutput output) {
        LocalClusterProperties settings = FreePorts.settings(directory);

        assertThatThrownBy(() -> LocalCluster.start(CartApplication.class, settings, "--dynamo.store.node-di=node-4"))
                .hasMessageContaining("dynamo.store.node-di");
        assertThat(output.getOut()).contains("Write dynamo.store.node-id instead of dynamo.store.node-di");
    }

    @Test
    void whatMakesAnInstanceDifferentIsNotForTheCommandLine() {
        LocalClusterProperties settings = FreePorts.settings(directory);
        LocalCluster cluster = LocalCluster.start(
                CartApplication.class,
                settings,
                SharedLocalCluster.PATIENT,
                "--server.port=1",
                "--dynamo.store.data-dir=/nowhere");
        try {
            assertThat(new Shop(cluster.urls().getLast()).add("alice", "apple")).matches(Shop.Answer::isCreated);
        } finally {
            cluster.stop();
        }
    }

    private void assertNothingIsLeft(LocalClusterProperties settings, List<Thread> threads) throws Exception {
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(10))).as(thread.getName()).isTrue();
        }
        for (int number = 1; number <= 3; number++) {
            assertIsFree(settings.httpPort(number));
            assertIsFree(settings.nodePort() + number - 1);
            assertIsUnlocked(directory.resolve("node-" + number));
        }
    }

    private static void assertIsFree(int port) {
        assertThat(FreePorts.isFree(port)).as("port %d is free", port).isTrue();
    }

    private static void assertIsUnlocked(Path data) throws IOException {
        try (FileChannel file = FileChannel.open(data.resolve("LOCK"), StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            assertThat(lock).as(data.toString()).isNotNull();
        }
    }

    /** Classes that start nodes run one after the other; those that run beside them only compute. */
    private List<Thread> threadsStartedHere() {
        return threadsOfNodes().stream()
                .filter(thread -> !others.contains(thread))
                .toList();
    }

    private static List<Thread> threadsOfNodes() {
        return Thread.getAllStackTraces().keySet().stream()
                // Those that look at the disk end and begin by themselves (FreeSpaceTests)
                .filter(thread -> thread.getName().matches("node-\\d(?!-space).*"))
                .toList();
    }
}
