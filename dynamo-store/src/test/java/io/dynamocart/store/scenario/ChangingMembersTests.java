package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.StoreException;
import io.dynamocart.store.node.ReapSettings;
import io.dynamocart.store.node.RepairSettings;
import io.dynamocart.store.node.RequestedChange;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.simulation.Tally;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes come and go while clients write (paper §4.9, D12, D13, D17): nothing is refused, nothing is lost. */
@Execution(ExecutionMode.CONCURRENT)
class ChangingMembersTests {

    private final ChangingCluster town = new ChangingCluster(3, ClusterOptions.three()).write();
    private final SimulatedNode one = town.cluster.node(1);
    private final SimulatedNode two = town.cluster.node(2);
    private final SimulatedNode three = town.cluster.node(3);

    @Test
    void aNodeJoinsWhenItsSettingsSaySo() {
        town.runFor(Duration.ofSeconds(1));
        SimulatedNode four = aFourthMember();

        town.awaitEverythingHome();
        assertThat(four.disk().keys()).isNotEmpty();
        assertThat(town.refused).isEmpty();
    }

    /** From the stop of an old home replica to the beginning of the new one there is one less than W. */
    @Test
    void whereEveryHomeReplicaIsNeededItHoldsNobodyUp() {
        ChangingCluster all = new ChangingCluster(6, ClusterOptions.three().withQuorum(1, 3)).write();
        SimulatedNode first = all.cluster.node(1);
        SimulatedNode second = all.cluster.node(2);
        SimulatedNode third = all.cluster.node(3);
        SimulatedNode fourth = all.start(true);
        all.awaitMembers(first, second, third, fourth);
        all.order(fourth, new RequestedChange.Leave(first.id()));
        all.awaitMembers(second, third, fourth);

        all.awaitEverythingHome();
        assertThat(all.refused).isEmpty();
    }

    @Test
    void aNodeThatDoesNotAskIsTakenInWhenAnOperatorSaysSo() {
        SimulatedNode four = town.start(false);
        town.runFor(Duration.ofSeconds(10));
        assertThat(town.history().members()).hasSize(3);
        assertThat(four.isReady()).isFalse();

        town.order(two, new RequestedChange.Join(four.id()));
        town.awaitMembers(one, two, three, four);
        town.awaitEverythingHome();
        assertThat(town.refused).isEmpty();
    }

    @Test
    void threeGrowToFiveAndShrinkToThreeAgain() {
        SimulatedNode four = town.start(true);
        SimulatedNode five = town.start(true);
        town.awaitMembers(one, two, three, four, five);
        town.order(one, new RequestedChange.Leave(two.id()));
        town.awaitMembers(one, three, four, five);
        town.order(four, new RequestedChange.Leave(five.id()));
        town.awaitMembers(one, three, four);

        town.awaitEverythingHome();
        assertThat(two.disk().keys()).isEmpty();
        assertThat(five.disk().keys()).isEmpty();
        assertThat(town.refused).isEmpty();
    }

    @Test
    void aNodeThatHasLeftTakesNothingMoreAndSaysSoTruly() {
        SimulatedNode four = aFourthMember();
        town.order(one, new RequestedChange.Leave(four.id()));
        town.awaitMembers(one, two, three);
        Key key = Key.of("told to a stranger");

        CompletableFuture<?> put = four.store().put(key, Context.none(key), Value.of("nothing"));
        CompletableFuture<?> get = four.store().get(key);
        town.runFor(Duration.ofSeconds(3));

        assertThat(put.exceptionNow()).isInstanceOf(StoreException.NotReady.class);
        assertThat(get.exceptionNow()).isInstanceOf(StoreException.NotReady.class);
        assertThat(town.cluster.keys()).doesNotContain(key);
    }

    static Stream<Partitioning> otherStrategies() {
        return Stream.of(new Partitioning.RandomTokens(4, 1), new Partitioning.RandomTokensEqualPartitions(32, 4, 1));
    }

    @ParameterizedTest
    @MethodSource("otherStrategies")
    void soItIsWithRandomTokens(Partitioning partitioning) {
        ChangingCluster other = new ChangingCluster(4, ClusterOptions.three().withPartitioning(partitioning)).write();
        SimulatedNode four = other.start(true);
        other.awaitMembers(other.cluster.node(1), other.cluster.node(2), other.cluster.node(3), four);
        other.order(
                other.cluster.node(3),
                new RequestedChange.Leave(other.cluster.node(1).id()));
        other.awaitMembers(other.cluster.node(2), other.cluster.node(3), four);

        other.awaitEverythingHome();
        assertThat(other.refused).isEmpty();
    }

    /** Between the stop of one home replica and the beginning of the next, such a key has none. */
    @Test
    void whereAKeyHasOneHomeItExpiresAsElsewhere() {
        RepairSettings usual = ClusterOptions.three().withReaping().repair();
        RepairSettings hasty = new RepairSettings(
                usual.exchangeEvery(),
                usual.exchange(),
                Duration.ofMillis(20),
                usual.foregroundLimit(),
                new ReapSettings(Duration.ofMillis(1), Duration.ofSeconds(6), Duration.ofMillis(10)));
        ChangingCluster single = new ChangingCluster(
                        5,
                        ClusterOptions.three().withOneHome().withRepair(hasty).withExpiry(Duration.ofMillis(100)))
                .write();
        Tally held = new Tally();
        single.cluster.observe(held);
        SimulatedNode first = single.cluster.node(1);
        SimulatedNode second = single.cluster.node(2);
        SimulatedNode third = single.cluster.node(3);
        SimulatedNode fourth = single.start(true);
        single.awaitMembers(first, second, third, fourth);
        single.order(fourth, new RequestedChange.Leave(first.id()));
        single.awaitMembers(second, third, fourth);

        single.stopWriting();
        single.runFor(Duration.ofSeconds(30));
        assertThat(single.refused).isEmpty();
        assertThat(held.of("values expired")).isPositive();
        assertThat(single.cluster.nodes())
                .allSatisfy(node -> assertThat(node.disk().keys())
                        .allSatisfy(key ->
                                assertThat(FiveNodes.copy(node, key).live()).isEmpty()));
    }

    @Test
    void aNodeTakesThePlaceOfAnother() {
        SimulatedNode four = town.start(false);
        town.runFor(Duration.ofSeconds(3));
        town.order(one, new RequestedChange.Replace(three.id(), four.id()));
        town.awaitMembers(one, two, four);

        town.awaitEverythingHome();
        assertThat(town.refused).isEmpty();
    }

    @Test
    void aNodeThatIsGoneForGoodIsRemovedAndTheOthersMakeNewCopies() {
        SimulatedNode four = aFourthMember();
        town.cluster.takeAway(three);
        town.runFor(Duration.ofSeconds(2));
        one.dynamo().forceRemove(three.id());
        town.awaitMembers(one, two, four);

        town.awaitEverythingHome();
    }

    /** Seed 1971 of the simulation: it gave its copies to the only member for a while, and then that one lost them. */
    @Test
    void aNodeThatHasLeftLetsGoOnlyWhenTwoOthersHaveIt() {
        town.runFor(Duration.ofSeconds(3));
        town.stopWriting();
        town.cluster.takeAway(two);
        town.runFor(Duration.ofSeconds(2));
        three.dynamo().forceRemove(two.id());
        town.awaitMembers(one, three);
        town.order(three, new RequestedChange.Leave(one.id()));
        town.awaitMembers(three);
        town.runFor(Duration.ofSeconds(30));
        assertThat(one.disk().keys()).isNotEmpty();

        town.awaitMembers(three, town.start(true));
        town.awaitEverythingHome();
        assertThat(one.disk().keys()).isEmpty();
    }

    @Test
    void theLastMemberKeepsNothingForOthersThatItHasItself() {
        town.runFor(Duration.ofSeconds(3));
        town.cluster.takeAway(two);
        town.runFor(Duration.ofSeconds(2));
        town.stopWriting();
        town.cluster.takeAway(one);
        assertThat(three.disk().hintedKeys()).isNotEmpty();

        three.dynamo().forceRemove(two.id());
        three.dynamo().forceRemove(one.id());
        town.awaitMembers(three);
        town.runFor(Duration.ofSeconds(30));
        assertThat(three.disk().hintedKeys()).isEmpty();
    }

    /** The name of a node is no licence: what it had promised is lost with its disk. */
    @Test
    void aNodeThatLostItsDiskReplacesItself() {
        town.runFor(Duration.ofSeconds(2));
        loseTheDiskOf(three);
        town.awaitMembers(one, two, three);

        town.awaitEverythingHome();
    }

    /** That somebody agreed to it once is enough, whether it asks or not. */
    @Test
    void soDoesOneThatAnOperatorTookIn() {
        SimulatedNode four = town.start(false);
        town.runFor(Duration.ofSeconds(3));
        town.order(one, new RequestedChange.Join(four.id()));
        town.awaitMembers(one, two, three, four);
        loseTheDiskOf(four);
        town.awaitMembers(one, two, three, four);

        town.awaitEverythingHome();
    }

    /** What it was will never take over the rest. That one is given up, and it comes in its place. */
    @Test
    void aNodeThatLosesItsDiskWhileItComesDoesNotHoldUpThePlan() {
        SimulatedNode four = town.start(false);
        town.runFor(Duration.ofSeconds(3));
        one.dynamo().commit(one.dynamo().plan(List.of(new RequestedChange.Replace(three.id(), four.id()))));
        town.await(
                "something taken over",
                Duration.ofSeconds(60),
                () -> town.history()
                        .progress()
                        .map(progress -> !progress.released().isEmpty())
                        .orElse(false));
        restartEmpty(four);
        town.awaitMembers(one, two, four);

        town.awaitEverythingHome();
    }

    /** Seed 6571 of the simulation: only what it was before was removed, and the others waited for what it was then. */
    @Test
    void aNodeThatIsLostForGoodWhileItTakesItsOwnPlaceIsRemovedWhole() {
        SimulatedNode four = aFourthMember();
        restartEmpty(three);
        town.await(
                "it takes its own place",
                Duration.ofSeconds(60),
                () -> town.history().progress().isPresent());
        town.cluster.takeAway(three);

        one.dynamo().forceRemove(three.id());

        town.awaitMembers(one, two, four);
        town.awaitEverythingHome();
    }

    /** Seed 5267 of the simulation: the others would wait for it for ever. */
    @Test
    void aNewcomerThatIsGoneAgainBeforeItsTurnComesIsNotTakenIn() {
        SimulatedNode four = aFourthMember();
        three.crash();
        town.order(one, new RequestedChange.Leave(four.id()));
        SimulatedNode five = town.start(true);
        town.runFor(Duration.ofSeconds(5));
        town.cluster.takeAway(five);
        town.runFor(Duration.ofSeconds(20));

        three.start();
        town.awaitMembers(one, two, three);
        town.runFor(Duration.ofSeconds(20));

        assertThat(town.history().progress()).as("a plan that waits for it").isEmpty();
        town.awaitEverythingHome();
    }

    /** Seed 3428 of the simulation: whoever removed what it had been had restarted, and knew nothing of what it was. */
    @Test
    void aNodeThatLostItsDiskAndWasGivenUpMeanwhileIsTakenInAgain() {
        SimulatedNode four = aFourthMember();
        restartEmpty(three);
        town.await(
                "it knows the cluster again",
                Duration.ofSeconds(5),
                () -> three.disk().membership().founding().isPresent());
        three.crash();
        one.dynamo().forceRemove(three.id());
        town.await(
                "it is no member",
                Duration.ofSeconds(60),
                () -> town.history().settledMember(three.id()).isEmpty());

        three.start();

        town.awaitMembers(one, two, three, four);
        town.awaitEverythingHome();
    }

    private SimulatedNode aFourthMember() {
        SimulatedNode four = town.start(true);
        town.awaitMembers(one, two, three, four);
        return four;
    }

    private static void restartEmpty(SimulatedNode node) {
        node.crash();
        node.disk().wipe();
        node.start();
    }

    private void loseTheDiskOf(SimulatedNode node) {
        long before = number(node);
        restartEmpty(node);
        town.await("another incarnation", Duration.ofSeconds(60), () -> number(node) != before);
    }

    private long number(SimulatedNode node) {
        return town.history().members().stream()
                .filter(member -> member.id().equals(node.id()))
                .findFirst()
                .orElseThrow()
                .number();
    }
}
