package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTests {

    private static final long MB = 1 << 20;
    private static final long MS = 1_000_000;

    private final AtomicLong free = new AtomicLong(100 * MB);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicLong clock = new AtomicLong();
    private final FreeSpace space = new FreeSpace(this::look, clock::get, 64 * MB, Runnable::run);

    private final Deque<Runnable> toLook = new ArrayDeque<>();
    private final FreeSpace slow = new FreeSpace(this::look, clock::get, 64 * MB, toLook::add);

    @Test
    void thereIsRoomDownToTheReserve() {
        free.set(64 * MB);
        clock.set(100 * MS);

        assertThat(space.shortage()).isNull();
    }

    @Test
    void belowTheReserveItSaysWhatIsMissingAndWhatToDo() {
        free.set(64 * MB - 1);
        clock.set(100 * MS);

        assertThat(space.shortage()).contains("63 MB", "dynamo.store.disk-reserve", "64 MB", "free some space");
    }

    @Test
    void aDiskThatDoesNotTellIsNotCalledFull() {
        free.set(-1);
        clock.set(100 * MS);

        assertThat(space.shortage()).contains("data directory").doesNotContain("full");
        assertThat(space.fits(1)).isFalse();
    }

    @Test
    void itLooksAtMostEvery100Milliseconds() {
        looks.set(0);
        free.set(0);
        clock.set(99 * MS);
        assertThat(space.shortage()).isNull();
        assertThat(looks).hasValue(0);

        clock.set(100 * MS);
        assertThat(space.shortage()).isNotNull();
        assertThat(space.shortage()).isNotNull();
        assertThat(looks).hasValue(1);
    }

    @Test
    void whoeverAsksWaitsForNoLook() {
        free.set(0);
        clock.set(100 * MS);
        assertThat(slow.shortage()).as("as it was seen last").isNull();

        toLook.remove().run();
        assertThat(slow.shortage()).contains("full");
    }

    @Test
    void whileALookLastsNoOtherIsBegun() {
        for (long now = 100; now < 10_000; now += 100) {
            clock.set(now * MS);
            slow.shortage();
        }

        assertThat(toLook).hasSize(1);
    }

    @Test
    void aDiskThatDoesNotTellForSecondsStandsStillUntilItDoes() {
        clock.set(100 * MS);
        slow.shortage();
        clock.set(3_099 * MS);
        assertThat(slow.shortage()).isNull();

        clock.set(3_100 * MS);
        assertThat(slow.shortage()).contains("stands still", "taken again").doesNotContain("full");

        toLook.remove().run();
        assertThat(slow.shortage()).isNull();
    }

    @Test
    void aDiskThatNobodyAskedForLongDoesNotStandStill() {
        clock.set(60_000 * MS);

        assertThat(slow.shortage()).isNull();
    }

    @Test
    void aLookThatCouldNotBeBegunIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        FreeSpace unlucky = new FreeSpace(this::look, clock::get, 64 * MB, look -> {
            if (tries.getAndIncrement() == 0) {
                throw new OutOfMemoryError("a test says so");
            }
            look.run();
        });
        free.set(0);
        clock.set(100 * MS);

        assertThatThrownBy(unlucky::shortage).isInstanceOf(OutOfMemoryError.class);
        assertThat(unlucky.shortage()).contains("full");
    }

    @Test
    void whetherSomethingFitsIsLookedUpEveryTimeAndMayTakeTheReserve() {
        assertThat(space.fits(100 * MB)).isTrue();
        free.set(100 * MB - 1);

        assertThat(space.fits(100 * MB)).isFalse();
    }

    @Test
    void whatDidNotFitFitsOnceTheReserveIsFreeAgain() {
        free.set(64 * MB - 1);
        assertThat(space.fitsAgain(1)).isFalse();
        free.set(64 * MB);
        assertThat(space.fitsAgain(1)).isTrue();

        assertThat(space.fitsAgain(64 * MB + 1)).isFalse();
    }

    @Test
    void theRealDiskIsAskedWhereItIs(@TempDir Path directory) throws Exception {
        assertThat(FreeSpace.of(directory, "test", 1).shortage()).isNull();
        assertThat(FreeSpace.of(directory, "test", Long.MAX_VALUE).fits(1)).isTrue();
    }

    @Test
    void aThreadOfItsOwnLooks() throws Exception {
        CompletableFuture<Thread> looking = new CompletableFuture<>();
        FreeSpace.aside("test").execute(() -> looking.complete(Thread.currentThread()));

        assertThat(looking.get(5, TimeUnit.SECONDS))
                .isNotEqualTo(Thread.currentThread())
                .matches(Thread::isDaemon, "ends with the process, wherever it waits");
    }

    private long look() {
        looks.incrementAndGet();
        return free.get();
    }
}
