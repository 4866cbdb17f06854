package io.dynamocart.store.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Versions#merge} promises, whatever puts and merges went before. */
class VersionsTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void mergeIsCommutativeAssociativeAndIdempotent() {
        Property.holds(2_000, random -> {
            History history = new History(random);
            Versions a = history.someReplica();
            Versions b = history.someReplica();
            Versions c = history.someReplica();

            assertThat(a.merge(b)).isEqualTo(b.merge(a));
            assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
            assertThat(a.merge(a)).isEqualTo(a);
            assertThat(a.merge(b).merge(b)).isEqualTo(a.merge(b));
        });
    }

    @Test
    void noVersionReplacesItsSibling() {
        Property.holds(2_000, random -> {
            Versions versions = new History(random).someReplica();

            for (Version version : versions.list()) {
                assertThat(versions.list()).noneMatch(other -> version.past().contains(other.dot()));
            }
        });
    }

    @Test
    void survivesEncodingWithTheSameBytes() {
        Property.holds(500, random -> {
            Versions versions = new History(random).someReplica();
            Versions read = Versions.decode(versions.encode().clone());

            assertThat(read).isEqualTo(versions);
            assertThat(read.encode()).isEqualTo(versions.encode());
        });
    }

    @Test
    void readsNothingFromBytesThatWereCutOff() {
        byte[] bytes = new History(new SeededRandom(3)).everything().encode();

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Versions.decode(cut)).isInstanceOf(MalformedBytesException.class);
        }
    }

    @Test
    void twoValuesUnderOneDotBecomeTheSameOneEverywhere() {
        Dot dot = new Dot(new Actor("a", 1), 1);
        Versions left = Versions.of(new Version(dot, Clock.empty(), NOW, Value.of("left")));
        Versions right = Versions.of(new Version(dot, Clock.empty(), NOW, Value.of("rotten")));

        assertThat(left.merge(right)).isEqualTo(right.merge(left)).isIn(left, right);
    }

    @Test
    void liveVersionsHaveNoTombstones() {
        Version tombstone = new Version(new Dot(new Actor("a", 1), 1), Clock.empty(), NOW, null);
        Version value = new Version(new Dot(new Actor("b", 1), 1), Clock.empty(), NOW, Value.of("v"));

        assertThat(Versions.of(tombstone, value).live()).containsExactly(value);
    }

    /** Three replicas of one key after a random run of puts and exchanges. */
    private static final class History {

        private final SeededRandom random;
        private final List<Versions> replicas =
                new ArrayList<>(List.of(Versions.none(), Versions.none(), Versions.none()));
        private final long[] counters = new long[3];

        History(SeededRandom random) {
            this.random = random;
            long steps = random.between(0, 12);
            for (int i = 0; i < steps; i++) {
                step();
            }
        }

        private void step() {
            int at = random.nextInt(3);
            int other = random.nextInt(3);
            if (random.chance(0.5)) {
                replicas.set(at, replicas.get(at).merge(replicas.get(other)));
                return;
            }
            Clock seen =
                    random.chance(0.3) ? Clock.empty() : replicas.get(other).clock();
            Dot dot = new Dot(new Actor("n" + at, 1), ++counters[at]);
            Value value = random.chance(0.2) ? null : Value.of("v" + random.nextInt(100));
            replicas.set(at, replicas.get(at).write(dot, seen, NOW, value, Truncation.off()));
        }

        Versions someReplica() {
            return replicas.get(random.nextInt(3));
        }

        Versions everything() {
            return replicas.stream().reduce(Versions.none(), Versions::merge);
        }
    }
}
