package io.dynamocart.app;

import io.dynamocart.app.cart.CartLimits;
import io.dynamocart.store.Expiry;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the cart application. The limits that the API promises are not among them.
 *
 * @param retryWindow Time for which a request may be repeated with the same Idempotency-Key. Longer keeps carts larger.
 * @param guestLife Time for which a guest's cart may be there to be merged into a customer's. At least the retry window.
 * @param expireAfter Time since its last change after which an abandoned cart is deleted; 0 for never. At least the retry
 *     window. Shorter keeps less; below guest-life, a guest cart from which a merge could not take what it had copied can
 *     bring back a line that its customer removed.
 * @param maxWaiting Number of operations that may wait for one cart at this instance; more are refused with 429. With
 *     the batch that is being written they must leave most of {@code server.tomcat.threads.max} to other carts. Larger
 *     lets those who crowd one cart wait for longer.
 */
@Validated
@ConfigurationProperties("cart")
public record CartProperties(
        @DefaultValue("24h") Duration retryWindow,
        @DefaultValue("31d") Duration guestLife,
        @DefaultValue("30d") Duration expireAfter,
        @Min(1) @DefaultValue("200") int maxWaiting) {

    @AssertTrue(message = "retry-window must be above zero, and guest-life not below it")
    boolean isWindowPossible() {
        return retryWindow.isPositive() && guestLife.compareTo(retryWindow) >= 0;
    }

    /** It may be below guest-life, as the defaults are (docs/decisions/0012-expiry.md). */
    @AssertTrue(message = "expire-after must be 0, or not below retry-window")
    boolean isExpiryPossible() {
        return expireAfter.isZero() || expireAfter.compareTo(retryWindow) >= 0;
    }

    /** When a cart goes that nobody changes. */
    Expiry expiry() {
        return expireAfter.isZero() ? Expiry.never() : Expiry.after(expireAfter);
    }

    CartLimits limits() {
        CartLimits standard = CartLimits.STANDARD;
        return new CartLimits(
                standard.lines(), standard.quantity(), standard.entries(), maxWaiting, retryWindow, guestLife);
    }
}
