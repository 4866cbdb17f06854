package io.dynamocart.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.app.cart.CartLimits;
import io.dynamocart.store.Expiry;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class CartPropertiesTests {

    private static final Key CART = Key.of("cart-1");
    private static final Instant WRITTEN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Version VERSION =
            new Version(new Dot(new Actor("a", 1), 1), Clock.empty(), WRITTEN, Value.of("milk"));

    @EnableConfigurationProperties(CartProperties.class)
    private static final class Settings {}

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void cartsGoThirtyDaysAfterTheirLastChange() {
        runner.run(context -> assertThat(
                        context.getBean(CartProperties.class).expiry().of(CART, VERSION))
                .contains(WRITTEN.plus(Duration.ofDays(30))));
    }

    @Test
    void whereNothingIsSetTheLimitsAreThoseOfTheApi() {
        runner.run(context ->
                assertThat(context.getBean(CartProperties.class).limits()).isEqualTo(CartLimits.STANDARD));
    }

    @Test
    void zeroKeepsThemForEver() {
        runner.withPropertyValues("cart.expire-after=0").run(context -> {
            Expiry expiry = context.getBean(CartProperties.class).expiry();
            assertThat(expiry.of(CART, VERSION)).isEmpty();
        });
    }

    @Test
    void noCartGoesWhileARequestMayBeRepeated() {
        for (String setting : new String[] {"cart.expire-after=23h", "cart.expire-after=-1d", "cart.guest-life=1h"}) {
            runner.withPropertyValues(setting)
                    .run(context -> assertThat(context).as(setting).hasFailed());
        }
    }
}
