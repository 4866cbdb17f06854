package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.simulation.Tally;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** docs/api.md, "What concurrent changes become", over random histories, against an exact account of them. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class CartHistoryTests {

    @Test
    void nothingIsLostAndNothingIsDoubledAndNothingComesBack() {
        Tally held = new Tally();
        Property.holds(
                800,
                random -> history(random, (cart, sight) -> sight.mustBeExact(cart.exact()), held)
                        .run());

        System.out.printf("Histories of carts held:%n%s", held);
        if (held.of("reads") > 10_000) {
            assertThat(held.of("reads of siblings")).isGreaterThan(5_000);
            assertThat(held.of("reads of entries born twice")).isGreaterThan(5_000);
            assertThat(held.of("reads of conflicting orders")).isGreaterThan(500);
            assertThat(held.of("writes that forgot something")).isGreaterThan(1_000);
            assertThat(held.of("requests with nothing left to do")).isGreaterThan(1_000);
            assertThat(held.of("contexts not covered")).isGreaterThan(1_000);
            assertThat(held.of("logins that came to their end")).isGreaterThan(1_000);
        }
    }

    @Test
    void thePastOfAVersionIsWhatItsWriterHadReadAndMerged() {
        Property.holds(
                200,
                random -> history(random, (cart, sight) -> sight.mustHaveExactPast(cart), new Tally())
                        .run());
    }

    private static CartHistory history(SeededRandom random, BiConsumer<ModelCart, Sight> check, Tally tally) {
        return new CartHistory(random, ModelRules.real(), check, tally);
    }
}
