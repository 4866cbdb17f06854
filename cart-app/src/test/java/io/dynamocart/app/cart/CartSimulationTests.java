package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.Mutation;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.simulation.Seeds;
import io.dynamocart.store.simulation.SimulationRun;
import io.dynamocart.store.simulation.Tally;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Real cart operations on a simulated cluster in which everything goes wrong. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class CartSimulationTests {

    @Test
    void losesNoAddAndBringsNothingBack() {
        Tally held = Seeds.runAll("Simulated carts", 40, CartSimulationTests::run);

        if (held.of("runs") >= 40) {
            assertThat(held.of("cart operations confirmed")).isGreaterThan(3_000);
            assertThat(held.of("cart operations repeated")).isGreaterThan(300);
            assertThat(held.of("reads that saw conflicts")).isGreaterThan(300);
            assertThat(held.of("logins")).isGreaterThan(133);
            assertThat(held.of("logins repeated")).isGreaterThan(100);
            assertThat(held.of("crashes")).isGreaterThan(30);
            assertThat(held.of("cuts")).isGreaterThan(30);
        }
    }

    static SimulationRun run(long seed) {
        return new SimulationRun(
                seed,
                shape(seed),
                Mutation.none(),
                (cluster, tally) -> new CartWorkload(cluster, tally, CartRules.real()));
    }

    static ClusterOptions shape(long seed) {
        SeededRandom random = new SeededRandom(seed).fork("cart shape");
        ClusterOptions shape = ClusterOptions.three().withNodes(random.chance(0.8) ? 3 : (int) random.between(4, 5));
        return random.chance(0.7) ? shape : shape.withQuorum(1, 1);
    }
}
