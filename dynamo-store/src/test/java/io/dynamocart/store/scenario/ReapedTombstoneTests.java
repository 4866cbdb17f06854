package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Keys that are deleted while nodes are down, and whose tombstones go as soon as nobody needs them any more. */
@Execution(ExecutionMode.CONCURRENT)
class ReapedTombstoneTests {

    private static final Key CART = Key.of("cart-1");
    private static final Duration A_MINUTE = Duration.ofSeconds(60);
    private static final Duration FAR_LONGER_THAN_ANY_GRACE = Duration.ofMinutes(2);

    private final FiveNodes five =
            new FiveNodes(23, ClusterOptions.three().atLeisure().withReaping());

    @Test
    void aKeyDeletedWhileAReplicaWasDownForLongStaysDeletedWhenItReturnsAndAfterReapingToo() {
        write("milk");
        SimulatedNode sleeper = homes().getLast();
        sleeper.crash();
        pass(Duration.ofSeconds(1));
        delete();
        pass(FAR_LONGER_THAN_ANY_GRACE);
        assertThat(holders()).as("home replicas that still remember it").hasSizeGreaterThanOrEqualTo(2);

        sleeper.start();
        pass(Duration.ofSeconds(1));
        assertThat(read().live()).isEmpty();

        pass(A_MINUTE);
        assertThat(five.cluster.keys()).as("keys of which anything is left").isEmpty();
        assertThat(read().list()).isEmpty();
    }

    @Test
    void aMemberThatIsDownBlocksItEvenIfTheKeyIsNoneOfItsOwn() {
        write("milk");
        SimulatedNode stranger = five.cluster.nodes().stream()
                .filter(node -> !homes().contains(node))
                .findFirst()
                .orElseThrow();
        stranger.crash();
        delete();
        pass(FAR_LONGER_THAN_ANY_GRACE);
        assertThat(holders()).hasSize(3);

        stranger.start();
        pass(A_MINUTE);
        assertThat(holders()).isEmpty();
    }

    /** One that waits to be taken in, or has left: it is asked, since it may hold something, and holds nothing. */
    @Test
    void aNodeThatIsNoMemberDoesNotBlockIt() {
        write("milk");
        five.cluster.add(false).start();
        delete();

        pass(A_MINUTE);
        assertThat(holders()).isEmpty();
    }

    @Test
    void aKeyWrittenAgainAfterItWasReapedSurvivesEveryOldTombstone() {
        write("milk");
        delete();
        SimulatedNode withBackup = homes().getFirst();
        withBackup.disk().backUp();
        pass(A_MINUTE);
        assertThat(holders()).isEmpty();

        write("bread");
        withBackup.crash();
        withBackup.disk().rollBack();
        assertThat(FiveNodes.copy(withBackup, CART).list()).allMatch(Version::isTombstone);
        withBackup.start();
        pass(A_MINUTE);

        assertThat(read().live()).extracting(Version::value).containsExactly(Value.of("bread"));
    }

    @Test
    void whatIsWrittenWhileItIsBeingReapedStays() {
        write("milk");
        delete();
        pass(Duration.ofSeconds(7));

        write("bread");
        pass(A_MINUTE);

        assertThat(read().live()).extracting(Version::value).containsExactly(Value.of("bread"));
    }

    @Test
    void whatWasDeletedByAClientThatHadNotSeenAllOfItIsNotReaped() {
        write("milk");
        Context seen = result(store().get(CART)).context();
        write("bread");
        result(store().delete(CART, seen));
        pass(A_MINUTE);

        assertThat(read().live()).extracting(Version::value).containsExactly(Value.of("bread"));
    }

    /** The home replicas of the key, as far as they run. */
    private List<SimulatedNode> homes() {
        List<String> names =
                result(store().replicas(CART)).stream().map(copy -> copy.node()).toList();
        return five.cluster.nodes().stream()
                .filter(node -> names.contains(node.id().name()))
                .toList();
    }

    private List<SimulatedNode> holders() {
        return five.cluster.nodes().stream()
                .filter(node -> !FiveNodes.copy(node, CART).isEmpty())
                .toList();
    }

    private void write(String value) {
        CompletableFuture<PutResult> put = store().put(CART, Context.none(CART), Value.of(value));
        result(put);
    }

    private void delete() {
        result(store().delete(CART, result(store().get(CART)).context()));
    }

    private Versions read() {
        GetResult found = result(store().get(CART));
        return found.versions();
    }

    private DynamoStore store() {
        return five.cluster.ready().getFirst().store();
    }

    private <T> T result(CompletableFuture<T> promise) {
        five.await(promise);
        return promise.join();
    }

    private void pass(Duration duration) {
        five.cluster.simulation().runFor(duration);
    }
}
