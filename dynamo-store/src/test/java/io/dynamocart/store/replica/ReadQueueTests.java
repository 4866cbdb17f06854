package io.dynamocart.store.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.version.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is served by a disk that is asked for more than it can do. */
class ReadQueueTests {

    private static final long FOREVER = Long.MAX_VALUE;

    private final ScriptedDisk disk = new ScriptedDisk();
    private final Map<Key, Slot> slots = new LinkedHashMap<>();
    private final List<String> read = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Test
    void theDiskIsAskedForAFewAtOnceAndThenForTheOneThatCameLast() {
        ReadQueue queue = queue(new ReadLimits(2, 10));
        List.of("a", "b", "c", "d", "e").forEach(key -> add(queue, 0, key, FOREVER));
        assertThat(disk.pendingReads()).isEqualTo(2);

        for (int i = 0; i < 5; i++) {
            disk.findsIt();
        }
        assertThat(read).containsExactly("a", "b", "e", "d", "c");
        assertThat(refused).isEmpty();
    }

    @Test
    void oneThatIsAskedForAgainHasComeLast() {
        ReadQueue queue = queue(new ReadLimits(1, 10));
        List.of("a", "b", "c", "b").forEach(key -> add(queue, 0, key, FOREVER));

        for (int i = 0; i < 3; i++) {
            disk.findsIt();
        }
        assertThat(read).containsExactly("a", "b", "c");
        assertThat(disk.pendingReads()).isZero();
    }

    @Test
    void nobodyLooksForWhatNobodyWaitsForAnyMore() {
        ReadQueue queue = queue(new ReadLimits(1, 10));
        add(queue, 0, "a", FOREVER);
        add(queue, 0, "b", 10);
        add(queue, 0, "c", 10);
        add(queue, 5, "c", 20);

        add(queue, 11, "d", FOREVER);
        assertThat(refused).containsExactly("b");
        add(queue, 21, "e", FOREVER);
        assertThat(refused).containsExactly("b", "c");
    }

    @Test
    void norIfItCameLast() {
        ReadQueue queue = queue(new ReadLimits(1, 10));
        add(queue, -20, "a", FOREVER);
        add(queue, -20, "b", FOREVER);
        add(queue, -20, "c", -10);
        disk.findsIt();
        disk.findsIt();

        assertThat(read).containsExactly("a", "b");
        assertThat(refused).containsExactly("c");
    }

    @Test
    void beyondItsLimitTheOneThatHasWaitedLongestIsRefused() {
        ReadQueue queue = queue(new ReadLimits(1, 2));
        List.of("a", "b", "c", "d", "e").forEach(key -> add(queue, 0, key, FOREVER));

        assertThat(refused).containsExactly("b", "c");
    }

    @Test
    void itIsBehindFromWhenTheFirstHadToWaitUntilNobodyDoes() {
        ReadQueue queue = queue(new ReadLimits(1, 10));
        add(queue, 0, "a", FOREVER);
        assertThat(queue.behind(at(5))).isZero();
        add(queue, 10, "b", FOREVER);
        add(queue, 20, "c", FOREVER);
        assertThat(queue.behind(at(30))).isEqualTo(20);

        disk.findsIt();
        assertThat(queue.behind(at(40))).isEqualTo(30);
        disk.findsIt();
        assertThat(queue.behind(at(50))).isZero();
    }

    @Test
    void aDiskIsAskedForAtLeastOne() {
        assertThatThrownBy(() -> new ReadLimits(0, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReadLimits(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private ReadQueue queue(ReadLimits limits) {
        return new ReadQueue(
                disk,
                limits,
                (_, key, _, outcome) -> (outcome instanceof ReadOutcome.Failed ? refused : read).add(key.toString()));
    }

    private void add(ReadQueue queue, long nanos, String name, long until) {
        Key key = Key.of(name);
        Slot slot = slots.computeIfAbsent(key, _ -> new Slot());
        slot.whenLoaded(at(nanos), until, _ -> {});
        queue.add(at(nanos), key, slot);
    }

    private static Moment at(long nanos) {
        return new Moment(nanos, Instant.EPOCH);
    }
}
