package io.dynamocart.store.runtime;

import static io.dynamocart.store.runtime.RealCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.node.RepairSettings;
import io.dynamocart.store.storage.DataDirectory;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few things that only real threads, disks and connections can show. */
class NodeDriverTests {

    private static final Key KEY = Key.of("cart/alice");

    @TempDir
    Path directory;

    private RealCluster cluster;

    @BeforeEach
    void start() {
        cluster = new RealCluster(directory);
        cluster.startAll();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatOneNodeWritesTheOthersRead() {
        PutResult put = await(cluster.store(1).put(KEY, Context.none(KEY), Value.of("one")));
        GetResult found = await(cluster.store(3).get(KEY));

        assertThat(values(found)).containsExactly("one");
        assertThat(found.context().clock()).isEqualTo(put.context().clock());
        assertThat(put.homeReplicas()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void concurrentWritesOfOneKeyAllSurvive() {
        List<CompletableFuture<PutResult>> puts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            puts.add(cluster.store(1 + i % 3).put(KEY, Context.none(KEY), Value.of("value " + i)));
        }
        puts.forEach(RealCluster::await);

        assertThat(values(await(cluster.store(2).get(KEY)))).hasSize(60);
    }

    @Test
    void everythingIsThereAfterAllNodesWereStartedAnew() {
        for (int i = 0; i < 100; i++) {
            Key key = Key.of("key-" + i);
            await(cluster.store(1 + i % 3).put(key, Context.none(key), Value.of("value " + i)));
        }
        cluster.close();
        cluster.startAll();

        for (int i = 0; i < 100; i++) {
            assertThat(values(await(cluster.store(1).get(Key.of("key-" + i))))).containsExactly("value " + i);
        }
    }

    @Test
    void twoOfThreeNodesGoOnAndTheThirdCatchesUp() {
        cluster.stop(3);
        await(cluster.store(1).put(KEY, Context.none(KEY), Value.of("while away")));
        cluster.restart(3);
        cluster.awaitReady(3);
        DynamoStore store = cluster.store(3);
        GetResult found = await(store.get(KEY, store.readOptions().withEveryReplica()));

        assertThat(values(found)).containsExactly("while away");
        Await.until(
                "all three hold the same",
                () -> await(store.get(KEY, store.readOptions().withEveryReplica()))
                        .unanimous());
    }

    @Test
    void oneOfThreeNodesDoesNotAcknowledgeAndStoresNothing() {
        cluster.stop(2);
        cluster.stop(3);

        awaitNoticed();

        assertThatThrownBy(() -> await(putAlone(KEY))).hasCauseInstanceOf(StoreException.TooFewReplicas.class);
        cluster.startAll();
        assertThat(values(await(cluster.store(1).get(KEY)))).isEmpty();
    }

    @Test
    void aDirectoryInUseIsRefusedAndTheNodeInItGoesOn() {
        assertThatThrownBy(() -> cluster.start(1)).isInstanceOf(DataDirectory.Unusable.class);

        await(cluster.store(1).put(KEY, Context.none(KEY), Value.of("still here")));
    }

    @Test
    void aStartThatFailsLeavesNothingBehindThatKeepsTheNextFromSucceeding() {
        cluster.stop(1);
        DriverSettings wrong = cluster.settings(1, withoutForegroundLimit());

        assertThatThrownBy(() -> NodeDriver.start(wrong, new EventLog()))
                .hasMessageContaining("a limit of PT0S")
                .hasNoSuppressedExceptions();

        cluster.restart(1);
        cluster.awaitReady(1);
    }

    /** What a node notices only after it has opened its disk. */
    private static RepairSettings withoutForegroundLimit() {
        RepairSettings usual = RepairSettings.standard();
        return new RepairSettings(
                usual.exchangeEvery(), usual.exchange(), usual.scrubEvery(), Duration.ZERO, usual.reaping());
    }

    @Test
    void moreThanItsLimitOfRequestsAreRefusedAtOnce() {
        List<CompletableFuture<GetResult>> gets = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            gets.add(cluster.store(1).get(Key.of("key-" + i)));
        }
        assertThat(gets).as("refused without waiting for the others").anyMatch(NodeDriverTests::isRefused);

        await(CompletableFuture.allOf(gets.toArray(CompletableFuture[]::new)).handle((_, _) -> "all have ended"));
        await(cluster.store(1).get(KEY));
    }

    /** Until the first node knows that it is alone: before that, a write goes out and its outcome is unknown. */
    private void awaitNoticed() {
        Key other = Key.of("another key");
        Await.until("the first node knows that it is alone", () -> {
            CompletableFuture<?> put = putAlone(other);
            await(put.handle((_, _) -> "has ended"));
            return put.isCompletedExceptionally() && put.exceptionNow() instanceof StoreException.TooFewReplicas;
        });
    }

    /** Who is alone does not get an answer by waiting longer. */
    private CompletableFuture<PutResult> putAlone(Key key) {
        WriteOptions options = WriteOptions.of(3, 2, Duration.ofSeconds(1));
        return cluster.store(1).put(key, Context.none(key), Value.of("alone"), options);
    }

    private static boolean isRefused(CompletableFuture<?> request) {
        return request.isCompletedExceptionally() && request.exceptionNow() instanceof StoreException.Overloaded;
    }

    private static List<String> values(GetResult found) {
        return found.versions().live().stream()
                .map(version -> String.valueOf(version.value()))
                .toList();
    }
}
