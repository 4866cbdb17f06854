package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
    private final FreeSpace space = new FreeSpace(this::look, clock::get, 64 * MB);

    @Test
    void thereIsRoomDownToTheReserve() {
        free.set(64 * MB);

        assertThat(space.shortage()).isNull();
    }

    @Test
    void belowTheReserveItSaysWhatIsMissingAndWhatToDo() {
        free.set(64 * MB - 1);

        assertThat(space.shortage()).contains("63 MB", "dynamo.store.disk-reserve", "64 MB", "free some space");
    }

    @Test
    void aDiskThatDoesNotTellIsNotCalledFull() {
        free.set(-1);

        assertThat(space.shortage()).contains("data directory").doesNotContain("full");
        assertThat(space.fits(1)).isFalse();
    }

    @Test
    void itLooksAtMostEvery100Milliseconds() {
        space.shortage();
        free.set(0);
        clock.set(99 * MS);
        assertThat(space.shortage()).isNull();
        assertThat(looks).hasValue(1);

        clock.set(100 * MS);
        assertThat(space.shortage()).isNotNull();
        assertThat(looks).hasValue(2);
    }

    @Test
    void whetherSomethingFitsIsLookedUpEveryTimeAndMayTakeTheReserve() {
        assertThat(space.fits(100 * MB)).isTrue();
        free.set(100 * MB - 1);

        assertThat(space.fits(100 * MB)).isFalse();
    }

    @Test
    void theRealDiskIsAskedWhereItIs(@TempDir Path directory) throws Exception {
        assertThat(FreeSpace.of(directory, 1).shortage()).isNull();
        assertThat(FreeSpace.of(directory, Long.MAX_VALUE).fits(1)).isTrue();
    }

    private long look() {
        looks.incrementAndGet();
        return free.get();
    }
}
