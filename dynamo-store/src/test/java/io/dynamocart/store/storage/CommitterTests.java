package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.runtime.Await;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.impl.WriteBatchImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The committer before a disk that stands still until it is released. */
class CommitterTests {

    private final CountDownLatch released = new CountDownLatch(1);
    private volatile @Nullable Error error;
    private final TestThread node = new TestThread();
    private final FreeSpace space = new FreeSpace(() -> Long.MAX_VALUE, System::nanoTime, 0, Runnable::run);
    private final Committer committer = new Committer(standingStill(), space, "node", node);

    @AfterEach
    void end() {
        released.countDown();
        committer.close();
        node.close();
    }

    @Test
    void takesNoMoreThanItMayKeepWaitingAndGoesOnWhenTheDiskDoes() {
        List<CompletableFuture<WriteOutcome>> written = IntStream.range(0, Committer.MAX_WAITING)
                .mapToObj(_ -> {
                    assertThat(committer.state()).isInstanceOf(DiskState.Fine.class);
                    return write();
                })
                .toList();
        assertThat(committer.state())
                .isInstanceOfSatisfying(
                        DiskState.Full.class,
                        full -> assertThat(full.detail()).contains("10000 writes wait", "too slow or stands still"));

        released.countDown();
        assertThat(written).allSatisfy(each -> assertThat(each.join()).isInstanceOf(WriteOutcome.Committed.class));
        assertThat(committer.state()).isInstanceOf(DiskState.Fine.class);
    }

    @Test
    void whatDoesNotFitWaitsAndTheDiskIsCalledFullThoughItsReserveIsFree() {
        released.countDown();
        AtomicLong free = new AtomicLong(1_000);
        FreeSpace little = new FreeSpace(free::get, System::nanoTime, 1_000, Runnable::run);
        Committer full = new Committer(standingStill(), little, "full", node);
        CompletableFuture<WriteOutcome> written = write(full);
        Await.until("it waits", () -> full.state() instanceof DiskState.Full);
        assertThat(full.state())
                .isInstanceOfSatisfying(
                        DiskState.Full.class,
                        state -> assertThat(state.detail()).contains("do not fit", "free some space"));

        free.set(Long.MAX_VALUE);
        assertThat(await(written)).isInstanceOf(WriteOutcome.Committed.class);
        assertThat(full.state()).isInstanceOf(DiskState.Fine.class);
        full.close();
    }

    @Test
    void aReplyThatFailsTakesNoOtherWithIt() {
        CompletableFuture<WriteOutcome> before = write();
        committer.add(new Committer.Write(Change.remove(new byte[] {1}), () -> {}, (_, _) -> {
            throw new IllegalStateException("a test says so");
        }));
        CompletableFuture<WriteOutcome> behind = write();
        released.countDown();

        assertThat(await(before)).isInstanceOf(WriteOutcome.Committed.class);
        assertThat(await(behind)).isInstanceOf(WriteOutcome.Committed.class);
    }

    @Test
    void afterAnErrorOfTheJvmTheDiskHasFailedAndWhoeverWritesIsTold() {
        error = new OutOfMemoryError("a test says so");
        released.countDown();

        assertThat(await(write())).isInstanceOf(WriteOutcome.Failed.class);
        assertThat(committer.state()).isInstanceOf(DiskState.Failed.class);
        assertThat(await(write())).isInstanceOf(WriteOutcome.Failed.class);
    }

    @Test
    void whereNobodyCouldBeToldTheDiskHasFailed() {
        released.countDown();
        Committer mute = new Committer(standingStill(), space, "mute", _ -> {
            throw new OutOfMemoryError("a test says so");
        });
        mute.add(new Committer.Write(Change.remove(new byte[] {1}), () -> {}, (_, _) -> {}));
        mute.close();

        assertThat(mute.state())
                .isInstanceOfSatisfying(
                        DiskState.Failed.class,
                        failed -> assertThat(failed.detail()).contains("a test says so"));
    }

    private static WriteOutcome await(CompletableFuture<WriteOutcome> outcome) {
        return outcome.orTimeout(5, TimeUnit.SECONDS).join();
    }

    private CompletableFuture<WriteOutcome> write() {
        return write(committer);
    }

    private static CompletableFuture<WriteOutcome> write(Committer committer) {
        CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
        committer.add(new Committer.Write(
                Change.remove(new byte[] {1}), () -> {}, (_, committed) -> outcome.complete(committed)));
        return outcome;
    }

    private DB standingStill() {
        return (DB) Proxy.newProxyInstance(
                DB.class.getClassLoader(), new Class<?>[] {DB.class}, (_, method, _) -> switch (method.getName()) {
                    case "createWriteBatch" -> new WriteBatchImpl();
                    case "write" -> {
                        released.await();
                        if (error != null) {
                            throw error;
                        }
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
