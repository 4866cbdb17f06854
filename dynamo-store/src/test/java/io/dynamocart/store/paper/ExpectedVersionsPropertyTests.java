package io.dynamocart.store.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.simulation.Tally;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Truncation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The oracle of docs/invariants.md: whatever is put, exchanged and forgotten in whatever order, as long as some disk
 * keeps each unreplaced put, the versions left in the end are the puts whose dot is in no other put's context (C1, C2,
 * D1 to D4, D7 to D9).
 */
@Execution(ExecutionMode.CONCURRENT)
class ExpectedVersionsPropertyTests {

    private static final int RUNS = 4_000;
    private static final int STEPS = 60;

    private final Tally tally = new Tally();

    @Test
    void whatIsLeftIsWhatNobodyReplaced() {
        Property.holds(RUNS, random -> {
            Run run = new Run(random, Truncation.off());
            run.play();
            for (String node : run.cluster.names()) {
                assertThat(run.cluster.dotsAt(node)).as("at %s", node).isEqualTo(run.cluster.expected());
                run.cluster.checkContents(node);
            }
        });

        if (tally.of("runs") == RUNS) {
            assertThat(tally.of("conflicts")).isGreaterThan(RUNS / 4);
            assertThat(List.of("lost keys", "wiped disks", "rolled-back disks", "restarts"))
                    .allSatisfy(fault -> assertThat(tally.of(fault)).as(fault).isGreaterThan(RUNS));
        }
    }

    /** C4: the paper's truncation loses nothing here, but brings back what was replaced. */
    @Test
    void truncatedPastsLoseNothingAndBringReplacedVersionsBack() {
        Property.holds(RUNS / 4, random -> {
            Run run = new Run(random, new Truncation(3));
            run.play();
            for (String node : run.cluster.names()) {
                Set<Dot> back = new TreeSet<>(run.cluster.dotsAt(node));
                assertThat(back).as("at %s", node).containsAll(run.cluster.expected());
                if (back.size() > run.cluster.expected().size()) {
                    tally.count("replaced versions that came back");
                }
            }
        });

        if (tally.of("runs") == RUNS / 4) {
            assertThat(tally.of("replaced versions that came back")).isPositive();
        }
    }

    private final class Run {

        private final SeededRandom random;
        private final OneKeyCluster cluster;
        private final List<Seen> contexts = new ArrayList<>(List.of(Seen.NOTHING));
        private final boolean exact;
        private final double harm;
        private int values;

        Run(SeededRandom random, Truncation truncation) {
            String[] names = {"a", "b", "c", "d", "e"};
            int size = (int) random.between(3, 5);
            this.random = random;
            this.cluster = new OneKeyCluster(random.nextLong(), truncation, Arrays.copyOf(names, size));
            this.exact = truncation.isOff();
            this.harm = random.nextDouble() / 2;
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                step(someNode());
            }
            cluster.exchangeAll();
            tally.count("runs");
            if (cluster.expected().size() > 1) {
                tally.count("conflicts");
            }
        }

        private void step(String node) {
            if (random.chance(harm)) {
                harm(node);
                return;
            }
            switch (random.nextInt(5)) {
                case 0 -> contexts.add(cluster.read(node));
                case 1, 2 -> write(node, random.chance(0.3) ? cluster.read(node) : random.pick(contexts));
                default -> send(node, someNode());
            }
        }

        private String someNode() {
            return random.pick(List.of(cluster.names()));
        }

        private void send(String from, String to) {
            Set<Dot> both = cluster.dotsAt(from);
            both.addAll(cluster.dotsAt(to));
            cluster.send(from, to);
            if (exact) {
                assertThat(cluster.dotsAt(to)).as("at %s", to).isEqualTo(cluster.unreplaced(both));
            }
        }

        private void write(String node, Seen seen) {
            Dot dot = random.chance(0.1) ? cluster.delete(node, seen) : cluster.put(node, "value " + ++values, seen);
            if (random.chance(0.5)) {
                contexts.add(seen.and(dot));
            }
        }

        private void harm(String node) {
            OneKeyNode victim = cluster.node(node);
            switch (random.nextInt(5)) {
                case 0 -> victim.isBackedUp();
                case 1 -> count("restarts", victim::restart);
                case 2 -> destroy(node, "lost keys", victim::losesTheKey);
                case 3 -> destroy(node, "wiped disks", victim::isWiped);
                default -> destroy(node, "rolled-back disks", victim::isRolledBack);
            }
        }

        /** What lies on one disk only is gone with it, and no store can help that. */
        private void destroy(String node, String what, Runnable fault) {
            if (cluster.canSpare(node)) {
                count(what, fault);
            }
        }

        private void count(String what, Runnable fault) {
            fault.run();
            tally.count(what);
        }
    }
}
