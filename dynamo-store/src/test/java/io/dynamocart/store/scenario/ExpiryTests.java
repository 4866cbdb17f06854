package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.DynamoStore;
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

/** Carts that nobody has changed for ten minutes go by themselves. */
@Execution(ExecutionMode.CONCURRENT)
class ExpiryTests {

    private static final Key CART = Key.of("cart-1");
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration AGE = Duration.ofMinutes(10);

    private final FiveNodes five =
            new FiveNodes(29, ClusterOptions.three().atLeisure().withReaping().withExpiry(AGE));

    @Test
    void whatNobodyChangesGoesAndThenItsTombstone() {
        put("milk", Context.none(CART));
        pass(AGE.minus(A_MINUTE));
        assertThat(values()).containsExactly("milk");

        pass(A_MINUTE.multipliedBy(3));
        assertThat(read().list()).isEmpty();
        assertThat(five.cluster.keys()).isEmpty();
    }

    @Test
    void everyChangeBeginsTheTimeAnew() {
        put("milk", Context.none(CART));
        pass(AGE.minus(A_MINUTE));
        put("milk, bread", context());
        pass(AGE.minus(A_MINUTE));

        assertThat(values()).containsExactly("milk, bread");
    }

    @Test
    void oneClockThatIsADayAheadTakesNothing() {
        put("milk", Context.none(CART));
        for (SimulatedNode node : five.cluster.nodes()) {
            node.setClockError(Duration.ofDays(1));
            pass(A_MINUTE);
            node.setClockError(Duration.ZERO);
        }

        assertThat(values()).containsExactly("milk");
    }

    @Test
    void aChangeOnTheOtherSideOfASplitIsNotLost() {
        put("milk", Context.none(CART));
        pass(AGE.minus(A_MINUTE));
        SimulatedNode last = homes().getLast();
        int alone = five.cluster.nodes().indexOf(last) + 1;
        List<Integer> others =
                List.of(1, 2, 3, 4, 5).stream().filter(i -> i != alone).toList();
        Context before = done(last.store().get(CART)).context();
        five.cut(List.of(alone), others);
        done(last.store()
                .put(
                        CART,
                        before,
                        Value.of("milk, bread"),
                        last.store().writeOptions().withW(1)));
        pass(A_MINUTE.multipliedBy(5));

        five.heal();
        pass(A_MINUTE);

        assertThat(values()).containsExactly("milk, bread");
    }

    private List<SimulatedNode> homes() {
        List<String> names =
                done(store().replicas(CART)).stream().map(copy -> copy.node()).toList();
        return five.cluster.nodes().stream()
                .filter(node -> names.contains(node.id().name()))
                .toList();
    }

    private void put(String value, Context context) {
        done(store().put(CART, context, Value.of(value)));
    }

    private Context context() {
        return done(store().get(CART)).context();
    }

    private Versions read() {
        return done(store().get(CART)).versions();
    }

    private List<String> values() {
        return read().live().stream().map(Version::value).map(String::valueOf).toList();
    }

    private DynamoStore store() {
        return five.node(1).store();
    }

    private <T> T done(CompletableFuture<T> promise) {
        five.await(promise);
        return promise.join();
    }

    private void pass(Duration duration) {
        five.cluster.simulation().runFor(duration);
    }
}
