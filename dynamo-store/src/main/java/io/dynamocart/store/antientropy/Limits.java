package io.dynamocart.store.antientropy;

import io.dynamocart.store.merkle.Question;
import java.time.Duration;

/**
 * The limits of one exchange: how much it may do. What is left is found by a later one, with the exception named below.
 *
 * @param pages of keys that it reads at each side: one or more for each leaf that differs, of up to 512 keys; more
 *     compare more at once, and load the disks longer. Of a leaf with more pages than that the rest is never compared,
 *     which begins with millions of keys in a partition
 * @param keys that it may look at twice and repair, up to {@value Question.Keys#MAX_KEYS}
 * @param parallel keys under repair at a time, each up to a key's whole set of versions in memory at both sides
 * @param pause between the two looks at a key. A write that takes longer to reach the other side is taken for a
 *     difference, which costs a needless message; a longer pause leaves true differences standing longer
 * @param timeout of the whole exchange, longer than the pause
 */
public record Limits(int pages, int keys, int parallel, Duration pause, Duration timeout) {

    public Limits {
        if (pages < 1 || keys < 1 || keys > Question.Keys.MAX_KEYS || parallel < 1) {
            throw new IllegalArgumentException(
                    "an exchange reads 1 page or more, looks at 1 to %d keys, repairs 1 or more"
                            .formatted(Question.Keys.MAX_KEYS));
        }
        if (!pause.isPositive() || timeout.compareTo(pause) <= 0) {
            throw new IllegalArgumentException("a pause of %s in an exchange of %s".formatted(pause, timeout));
        }
    }

    /** Up to 64 leaves read, about 6,400 keys where a partition has 100,000, and 256 keys repaired, within a minute. */
    public static Limits standard() {
        return new Limits(64, 256, 8, Duration.ofSeconds(5), Duration.ofMinutes(1));
    }
}
