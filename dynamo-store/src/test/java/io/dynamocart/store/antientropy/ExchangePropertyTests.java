package io.dynamocart.store.antientropy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.merkle.SomeVersions;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What holds for exchanges, whatever replicas hold and whatever happens meanwhile (docs/invariants.md D6, D7, D16). */
class ExchangePropertyTests {

    private static final int RUNS = 100;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Limits AMPLE = new Limits(1000, 1000, 4, PAUSE, Duration.ofSeconds(100));

    @Test
    void equalReplicasCompareTheirRootsAndNoMore() {
        Property.holds(RUNS, random -> {
            TwoReplicas two = new TwoReplicas(random, 3);
            RandomContents.fill(two, random, 0);
            ExchangeReport report = two.exchange(AMPLE);

            assertThat(two.questions).containsExactly(new Question.Nodes(List.of(TreeNode.ROOT)));
            assertThat(report).isEqualTo(new ExchangeReport(true, false, 1, 0, 0, 0, 0, 0, 0));
        });
    }

    @Test
    void oneExchangeWithoutLimitsMakesBothTheMergeOfBoth() {
        Property.holds(RUNS, random -> {
            TwoReplicas two = new TwoReplicas(random, 1 + random.nextInt(10));
            two.repetition = random.nextDouble() / 2;
            Map<Key, Versions> merged = RandomContents.fill(two, random, 0.3);
            ExchangeReport report = two.exchange(AMPLE);

            assertThat(two.own().contents()).isEqualTo(merged);
            assertThat(two.areEqual()).isTrue();
            assertThat(report.complete()).isTrue();
            assertThat(report.more()).isFalse();
        });
    }

    @Test
    void whatIsSentIsInProportionToTheDifferences() {
        Property.holds(RUNS, random -> {
            TwoReplicas two = new TwoReplicas(random, 5);
            RandomContents.fill(two, random, random.nextDouble() * 0.2);
            List<Key> differing = RandomContents.differing(two);
            long fullestLeaf = RandomContents.keysOf(differing.stream()
                    .map(key -> TreeNode.leafOf(TokenRange.all(), key))
                    .toList());
            ExchangeReport report = two.exchange(AMPLE);

            assertThat(report.repaired()).isEqualTo(report.confirmed()).isEqualTo(differing.size());
            assertThat(two.fetches).hasSameSizeAs(differing);
            assertThat(two.merges.size()).isBetween(differing.size(), 2 * differing.size());
            assertThat((long) report.keys()).isLessThanOrEqualTo(fullestLeaf);
            assertThat(report.nodes()).isLessThanOrEqualTo(1 + TreeNode.FANOUT * (1 + differing.size()));
        });
    }

    @Test
    void withinAnyLimitsFinitelyManyExchangesMakeThemEqual() {
        Property.holds(RUNS, random -> {
            TwoReplicas two = new TwoReplicas(random, 5 + random.nextInt(10));
            Limits limits = new Limits(
                    10 + random.nextInt(10), 1 + random.nextInt(20), 1 + random.nextInt(4), PAUSE, AMPLE.timeout());
            Map<Key, Versions> merged = RandomContents.fill(two, random, 0.3);
            for (int left = RandomContents.differing(two).size();
                    left > 0;
                    left = RandomContents.differing(two).size()) {
                ExchangeReport report = two.exchange(limits);
                assertThat(report.repaired()).isBetween(1, limits.keys());
                assertThat(RandomContents.differing(two)).hasSize(left - report.repaired());
                assertThat(two.pagesAsked()).isLessThanOrEqualTo(limits.pages());
                assertThat(report.more() || left == report.repaired()).isTrue();
            }

            assertThat(two.own().contents()).isEqualTo(merged);
            assertThat(two.exchange(limits).nodes()).isEqualTo(1);
        });
    }

    @Test
    void writesOnTheirWayAreNotTakenForDifferences() {
        AtomicInteger suspected = new AtomicInteger();
        Property.holds(RUNS, random -> {
            TwoReplicas two = new TwoReplicas(random, 5);
            RandomContents.fill(two, random, 0);
            RandomContents.writesGoOn(two, random, PAUSE, 200, 0);
            for (int i = 0; i < 5; i++) {
                ExchangeReport report = two.exchange(AMPLE);
                suspected.addAndGet(report.suspected());
                assertThat(report.confirmed()).isZero();
            }

            assertThat(two.fetches).isEmpty();
            assertThat(two.merges).isEmpty();
        });
        assertThat(suspected).as("some were seen, or this shows nothing").hasPositiveValue();
    }

    @Test
    void trueDifferencesAreRepairedWhileWritesGoOnElsewhere() {
        Property.holds(RUNS, random -> {
            TwoReplicas two = new TwoReplicas(random, 5);
            RandomContents.fill(two, random, 0);
            Key lost = Key.of("nobody writes this one meanwhile");
            two.peer().set(lost, new SomeVersions(random.fork("lost")).some());
            RandomContents.writesGoOn(two, random, PAUSE, 200, 0);
            ExchangeReport report = two.exchange(AMPLE);

            assertThat(two.own().get(lost)).isEqualTo(two.peer().get(lost));
            assertThat(report.repaired()).isEqualTo(1);
        });
    }

    @Test
    void whateverIsLostItEndsInTimeDoesNoHarmAndTheNextOnesMendIt() {
        AtomicInteger incomplete = new AtomicInteger();
        Property.holds(RUNS, random -> {
            TwoReplicas two = new TwoReplicas(random, 5);
            RandomContents.fill(two, random, 0.2);
            Map<Key, Clock> written = RandomContents.writesGoOn(two, random, PAUSE, 300, 0.2);
            two.loss = random.nextDouble() * 0.3;
            two.repetition = 0.2;
            for (int i = 0; i < 5; i++) {
                incomplete.addAndGet(two.exchange(AMPLE).complete() ? 0 : 1);
            }
            two.settle();
            two.loss = 0;
            two.exchange(AMPLE);

            assertThat(two.areEqual()).isTrue();
            written.forEach((key, clock) ->
                    assertThat(two.own().get(key).clock().covers(clock)).isTrue());
        });
        assertThat(incomplete).as("some were cut short, or this shows nothing").hasPositiveValue();
    }

    @Test
    void aKeyThatCannotBeReadHoldsUpNoOther() {
        Property.holds(20, random -> {
            TwoReplicas two = new TwoReplicas(random, 40);
            RandomContents.fill(two, random, 0.1);
            List<Key> differing = RandomContents.differing(two);
            Key unreadable = differing.isEmpty() ? RandomContents.KEYS.getFirst() : random.pick(differing);
            two.unreadable.add(unreadable);
            Limits one = new Limits(1, 1, 1, PAUSE, AMPLE.timeout());
            for (int i = 0; i < 30 * differing.size(); i++) {
                two.exchange(one);
            }

            assertThat(RandomContents.differing(two)).isSubsetOf(unreadable);
        });
    }

    @Test
    void bytesThatRottedAreReportedOnceAndBecomeTheSame() {
        Property.holds(RUNS, random -> {
            TwoReplicas two = new TwoReplicas(random, 5);
            RandomContents.fill(two, random, 0);
            List<Key> rotten = RandomContents.KEYS.stream()
                    .filter(key -> !two.own().get(key).isEmpty() && random.chance(0.1))
                    .toList();
            rotten.forEach(key -> {
                MemoryReplica at = two.at(random.pick(List.of(Side.values())));
                at.set(key, SomeVersions.rotten(at.get(key)));
            });
            ExchangeReport report = two.exchange(AMPLE);

            assertThat(report.diverged()).isEqualTo(rotten.size());
            assertThat(two.diverged.stream().map(Step.Diverged::key)).containsExactlyInAnyOrderElementsOf(rotten);
            assertThat(two.areEqual()).isTrue();
        });
    }
}
