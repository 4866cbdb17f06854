package io.dynamocart.store.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The store under everything that may go wrong. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class StoreSimulationTests {

    @Test
    void losesNothingAndConverges() {
        Tally held = Seeds.runAll("Simulated store", 200, StoreSimulationTests::run);

        if (held.of("runs") >= 100) {
            assertThat(held.of("puts acknowledged")).isGreaterThan(10_000);
            assertThat(held.of("conflicts seen by clients")).isGreaterThan(1_000);
            assertThat(held.of("read repairs")).isGreaterThan(1_000);
            assertThat(held.of("crashes")).isGreaterThan(100);
            assertThat(held.of("wiped disks")).isGreaterThan(10);
            assertThat(held.of("rolled-back disks")).isGreaterThan(10);
            assertThat(held.of("disks rotting under a process")).isGreaterThan(10);
            assertThat(held.of("deletes acknowledged")).isGreaterThan(1_000);
            assertThat(held.of("values expired")).isGreaterThan(100);
            assertThat(held.of("tombstones reaped")).isGreaterThan(100);
            assertThat(held.of("keys repaired by comparison")).isGreaterThan(100);
            assertThat(held.of("trees corrected")).isGreaterThan(10);
            assertThat(held.of("damaged records found")).isGreaterThan(10);
            assertThat(held.of("hints delivered")).isGreaterThan(1_000);
            assertThat(held.of(Losses.OF_NEWCOMERS)).isPositive();
            assertThat(held.of("partitions taken over")).isGreaterThan(1_000);
            assertThat(held.of("leftovers delivered")).isGreaterThan(100);
            assertThat(held.of("disks full for a while")).isGreaterThan(10);
            assertThat(held.of("failed syncs")).isGreaterThan(10);
            assertThat(held.of("reads failed by a disk")).isGreaterThan(10);
            assertThat(held.of("puts answered from memory")).isGreaterThan(1_000);
        }
    }

    static SimulationRun run(long seed) {
        return run(seed, Mutation.none());
    }

    /**
     * In every other run, values that nobody changes for five seconds go by themselves; in every third, nodes acknowledge
     * writes of one to five keys ahead of their disks.
     */
    static SimulationRun run(long seed, Mutation mutation) {
        ClusterOptions shape = SimulationRun.drawShape(seed);
        ClusterOptions expiring = seed % 2 == 0 ? shape.withExpiry(Duration.ofSeconds(5)) : shape;
        ClusterOptions buffering = seed % 3 == 0 ? expiring.withObjectBuffer(1 + (int) (seed % 5)) : expiring;
        return new SimulationRun(seed, buffering, mutation, PutWorkload::new);
    }
}
