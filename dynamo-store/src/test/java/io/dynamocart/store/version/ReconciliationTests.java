package io.dynamocart.store.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReconciliationTests {

    private static final Reconciliation MODE = Reconciliation.LAST_WRITER_WINS;

    @Test
    void theLastWriterIsTheSameInWhateverOrderVersionsMeet() {
        Property.holds(500, random -> {
            Versions one = some(random);
            Versions two = some(random);
            Versions three = some(random);

            assertThat(met(one, two)).isEqualTo(met(two, one));
            assertThat(met(met(one, two), three)).isEqualTo(met(one, met(two, three)));
            assertThat(met(one, one)).isEqualTo(one);
            assertThat(met(one, two).list()).hasSize(1);
        });
    }

    @Test
    void theApplicationIsShownAll() {
        Property.holds(100, random -> {
            Versions all = some(random).merge(some(random));

            assertThat(Reconciliation.APPLICATION.apply(all)).isEqualTo(all);
        });
    }

    private static Versions met(Versions one, Versions other) {
        return MODE.apply(one.merge(other));
    }

    /** What a replica in this mode may hold: one version, which says nothing of others. */
    private static Versions some(SeededRandom random) {
        Dot dot = new Dot(new Actor("node-" + random.nextInt(3), 1), 1 + random.nextInt(5));
        Instant at = Instant.ofEpochSecond(dot.counter() * 7 % 3);
        return Versions.of(new Version(dot, Clock.empty(), at, Value.of(dot.toString())));
    }
}
