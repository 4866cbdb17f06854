package io.dynamocart.store.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.autoconfigure.ClusterOfOne;
import io.dynamocart.store.autoconfigure.DynamoStoreAutoConfiguration;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.runtime.NodeDriver;
import io.dynamocart.store.transport.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What operators are told by a node that stands still. */
class StuckNodeTests {

    private static final NodeId SELF = new NodeId("node-1");

    @TempDir
    Path directory;

    private final String address = Ports.freeAddresses(1).getFirst();

    @Test
    void whatIsSaidWhileTheDiskStandsStillIsPendingAndTakesEffectLater() {
        alone(1).run(ClusterOfOne::ready);
        alone(2).run(context -> {
            NodeDriver driver = ClusterOfOne.ready(context);
            RingEndpoint ring = new RingEndpoint(driver, SELF, Duration.ofMillis(50));
            String plan = planToAlter(ring);

            CountDownLatch beforeIt = hold(driver);
            CompletableFuture<WebEndpointResponse<Object>> committed = new CompletableFuture<>();
            Thread operator = Thread.ofPlatform()
                    .start(() -> committed.complete(ring.change("commit", null, null, null, null, null, null, plan)));
            Awaitility.await("the question waits for the node's thread")
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> operator.getState() == Thread.State.TIMED_WAITING);
            CountDownLatch beforeTheDiskReplies = hold(driver);
            beforeIt.countDown();

            WebEndpointResponse<Object> answer =
                    committed.orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(answer.getStatus()).isEqualTo(202);
            assertThat(answer.getBody())
                    .isInstanceOfSatisfying(
                            RingEndpoint.Pending.class,
                            pending -> assertThat(pending.pending())
                                    .contains("not on the disk of node-1 yet", "GET /actuator/ring"));
            beforeTheDiskReplies.countDown();
            Awaitility.await("the plan takes effect")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> ring.ring().otherThanOnRing().isEmpty());
        });
    }

    @Test
    void aBackupIsNotWaitedForForEver() {
        alone(1).run(context -> {
            NodeDriver driver = ClusterOfOne.ready(context);
            BackupEndpoint backup = new BackupEndpoint(driver);
            assertThat(backup.change("begin").getStatus())
                    .as("without a directory")
                    .isEqualTo(409);

            CountDownLatch held = hold(driver);
            CompletableFuture<?> begun = CompletableFuture.supplyAsync(() -> backup.change("begin"));

            assertThat(begun)
                    .failsWithin(20, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withMessageContaining("the node does not answer");
            held.countDown();
        });
    }

    /** Shows what would follow from the weight in the node's settings, which is another one than on the ring. */
    private static String planToAlter(RingEndpoint ring) {
        Awaitility.await("the settings are known")
                .atMost(Duration.ofSeconds(20))
                .until(() -> ring.ring().otherThanOnRing().size() == 1);
        Object plan = ring.change("plan", null, null, null, null, "node-1", null, null)
                .getBody();
        return ((PlanReport) Objects.requireNonNull(plan)).id();
    }

    /** Keeps the node's thread, and so whatever its disk replies, until it is let go. */
    private static CountDownLatch hold(NodeDriver driver) {
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<Boolean> _ = driver.ask(_ -> {
            try {
                return held.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return held;
    }

    private ApplicationContextRunner alone(int weight) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DynamoStoreAutoConfiguration.class))
                .withPropertyValues(ClusterOfOne.properties(address, directory))
                .withPropertyValues("dynamo.store.weight=" + weight);
    }
}
