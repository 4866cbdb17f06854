package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.membership.Progress;
import io.dynamocart.store.node.RequestedChange;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes to which a committed plan moves much are gone before they took it over (docs/decisions/0014): those that were to
 * give it have it still, live, and answer and count as before. Each read here is strict and of R = 2.
 */
@Execution(ExecutionMode.CONCURRENT)
class AbandonedPlanTests {

    private static final Duration A_MINUTE = Duration.ofSeconds(60);

    private final ChangingCluster town = new ChangingCluster(3, ClusterOptions.three()).write();
    private final SimulatedNode one = town.cluster.node(1);
    private final SimulatedNode two = town.cluster.node(2);
    private final SimulatedNode three = town.cluster.node(3);

    @Test
    void threeNewcomersThatLoseTheirDisksAtOnceTakeNothingWithThem() {
        List<SimulatedNode> newcomers = threeNewcomers();
        town.commit(one, joins(newcomers));
        awaitFirstCopies();

        newcomers.forEach(AbandonedPlanTests::restartEmpty);

        awaitEndOfPlan(town);
        town.everyStrictReadMeetsWhatWasConfirmed(two);
        town.awaitMembers(all(newcomers));
        town.everyStrictReadMeetsWhatWasConfirmed(three);
        town.awaitEverythingHome();
    }

    static Stream<Partitioning> strategies() {
        return Stream.of(
                new Partitioning.EqualShares(64),
                new Partitioning.RandomTokens(6, 1),
                new Partitioning.RandomTokensEqualPartitions(64, 6, 1));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void norDoThoseThatAnOperatorRemoves(Partitioning partitioning) {
        ChangingCluster other = new ChangingCluster(5, ClusterOptions.three().withPartitioning(partitioning)).write();
        List<SimulatedNode> newcomers = List.of(other.start(false), other.start(false), other.start(false));
        other.runFor(Duration.ofSeconds(3));
        SimulatedNode first = other.cluster.node(1);
        other.commit(first, joins(newcomers));
        other.await("committed", A_MINUTE, () -> isCommitted(other));

        newcomers.forEach(other.cluster::takeAway);
        newcomers.forEach(gone -> first.dynamo().forceRemove(gone.id()));

        awaitEndOfPlan(other);
        other.everyStrictReadMeetsWhatWasConfirmed(other.cluster.node(2));
        other.awaitMembers(first, other.cluster.node(2), other.cluster.node(3));
        other.everyStrictReadMeetsWhatWasConfirmed(other.cluster.node(3));
        other.awaitEverythingHome();
        assertNobodyWasRefusedByOneThatLives(other);
    }

    /** Nobody of those to be would be left. What was to go stays, until an operator says so again. */
    @Test
    void whoWasToBeReplacedByANodeThatIsGoneStays() {
        List<SimulatedNode> newcomers = threeNewcomers();
        town.commit(
                one,
                List.of(
                        new RequestedChange.Replace(one.id(), newcomers.get(0).id()),
                        new RequestedChange.Replace(two.id(), newcomers.get(1).id()),
                        new RequestedChange.Replace(three.id(), newcomers.get(2).id())));
        awaitFirstCopies();

        newcomers.forEach(town.cluster::takeAway);
        newcomers.forEach(gone -> two.dynamo().forceRemove(gone.id()));

        awaitEndOfPlan(town);
        town.everyStrictReadMeetsWhatWasConfirmed(two);
        town.awaitMembers(one, two, three);
        town.everyStrictReadMeetsWhatWasConfirmed(three);
        town.awaitEverythingHome();
        assertNobodyWasRefusedByOneThatLives(town);

        town.write();
        town.awaitMembers(one, two, three, town.start(true));
        town.awaitEverythingHome();
    }

    private List<SimulatedNode> threeNewcomers() {
        List<SimulatedNode> newcomers = List.of(town.start(false), town.start(false), town.start(false));
        town.runFor(Duration.ofSeconds(3));
        return newcomers;
    }

    private static List<RequestedChange> joins(List<SimulatedNode> newcomers) {
        return newcomers.stream()
                .map(SimulatedNode::id)
                .<RequestedChange>map(RequestedChange.Join::new)
                .toList();
    }

    private void awaitFirstCopies() {
        town.await("committed", A_MINUTE, () -> isCommitted(town));
    }

    private static boolean isCommitted(ChangingCluster cluster) {
        return cluster.cluster.nodes().stream()
                .allMatch(node -> node.disk()
                        .membership()
                        .progress()
                        .filter(Progress::committed)
                        .isPresent());
    }

    private static void awaitEndOfPlan(ChangingCluster cluster) {
        cluster.await(
                "the plan is given up",
                A_MINUTE,
                () -> IntStream.rangeClosed(1, 3)
                        .mapToObj(cluster.cluster::node)
                        .allMatch(node -> node.disk().membership().progress().isEmpty()));
    }

    private static void assertNobodyWasRefusedByOneThatLives(ChangingCluster cluster) {
        assertThat(cluster.refused).allSatisfy(why -> assertThat(why).contains("InstanceDied"));
    }

    private SimulatedNode[] all(List<SimulatedNode> newcomers) {
        List<SimulatedNode> all = new ArrayList<>(List.of(one, two, three));
        all.addAll(newcomers);
        return all.toArray(SimulatedNode[]::new);
    }

    private static void restartEmpty(SimulatedNode node) {
        node.crash();
        node.disk().wipe();
        node.start();
    }
}
