package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.Tally;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** docs/api.md, "What concurrent changes become", over random histories, against an exact account of them. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class CartHistoryTests {

    /** And the past of each version is what its writer had read and merged. */
    @Test
    void nothingIsLostAndNothingIsDoubledAndNothingComesBack() {
        Tally held = new Tally();
        Property.holds(
                800, random -> new CartHistory(random, ModelRules.real(), CartHistoryTests::mustBeExact, held).run());

        System.out.printf("Histories of carts held:%n%s", held);
        if (held.of("reads") > 10_000) {
            assertThat(held.of("reads of siblings")).isGreaterThan(5_000);
            assertThat(held.of("reads of entries born twice")).isGreaterThan(5_000);
            assertThat(held.of("reads of conflicting orders")).isGreaterThan(500);
            assertThat(held.of("writes that forgot something")).isGreaterThan(1_000);
            assertThat(held.of("requests with nothing left to do")).isGreaterThan(1_000);
            assertThat(held.of("contexts not covered")).isGreaterThan(1_000);
            assertThat(held.of("logins that came to their end")).isGreaterThan(1_000);
            assertThat(held.of("logins that took out what the guest had taken out"))
                    .isGreaterThan(100);
            assertThat(held.of("logins that were ended under their own key")).isGreaterThan(100);
        }
    }

    private static void mustBeExact(ModelCart cart, Sight sight) {
        sight.mustBeExact(cart.exact());
        sight.mustHaveExactPast(cart);
    }
}
