package io.dynamocart.store.replica;

import static io.dynamocart.store.replica.ReplicaScript.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.replica.ReplicaScript.Outcome;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for one node's copy whatever is asked of it, however late its disk is, and whenever it dies. */
class ReplicaPropertyTests {

    @Test
    void noDotIsIssuedTwiceAndNothingDurableIsLost() {
        Property.holds(1_000, random -> {
            Run run = new Run(random);
            for (int i = 0; i < 60; i++) {
                run.step();
            }
        });
    }

    private static final class Run {

        private final SeededRandom random;
        private final ReplicaScript replica = ReplicaScript.cold();
        private final ReplicaScript elsewhere = ReplicaScript.elsewhere();
        private final List<Outcome<Written>> writes = new ArrayList<>();
        private final List<Outcome<Copy>> reads = new ArrayList<>();
        private final Map<Dot, Version> issued = new HashMap<>();
        private Clock durable = Clock.empty();
        private int values;

        Run(SeededRandom random) {
            this.random = random;
        }

        void step() {
            switch (random.nextInt(8)) {
                case 0 -> writes.add(replica.put("value " + ++values));
                case 1 -> writes.add(replica.put("value " + ++values, durable));
                case 2 -> writes.add(replica.merge(fromElsewhere()));
                case 3 -> reads.add(replica.get());
                case 4 -> replyToRead();
                case 5, 6 -> commit();
                default -> restart();
            }
            check();
        }

        private void replyToRead() {
            if (replica.disk.pendingReads() > 0) {
                replica.disk.findsIt();
            }
        }

        private void commit() {
            if (replica.disk.pendingWrites() > 0) {
                replica.disk.commits();
            }
        }

        private void restart() {
            if (random.chance(0.2)) {
                replica.restartAfter(random.nextInt(3));
                writes.clear();
                reads.clear();
            }
        }

        private Versions fromElsewhere() {
            Outcome<Written> put = elsewhere.put("elsewhere " + ++values, random.chance(0.5) ? durable : Clock.empty());
            elsewhere.disk.commits();
            return ReplicaScript.durable(put).versions();
        }

        private void check() {
            Versions stored = replica.disk.stored(KEY).versions();
            for (Version version : stored.list()) {
                Version before = issued.putIfAbsent(version.dot(), version);
                assertThat(before == null || before.equals(version))
                        .as("%s names one version, ever: %s and %s", version.dot(), before, version)
                        .isTrue();
            }
            writes.removeIf(write -> {
                if (write.isThere()) {
                    durable =
                            durable.join(ReplicaScript.durable(write).versions().clock());
                }
                return write.isThere();
            });
            assertThat(stored.clock().covers(durable))
                    .as("what was reported durable is on disk")
                    .isTrue();
            reads.removeIf(read -> {
                if (read.isThere()) {
                    assertThat(ReplicaScript.shown(read))
                            .as("readers see the disk")
                            .isEqualTo(stored);
                }
                return read.isThere();
            });
        }
    }
}
