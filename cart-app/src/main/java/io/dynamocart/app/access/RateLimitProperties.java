package io.dynamocart.app.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often one client may call the API at this instance.
 *
 * @param perSecond Requests a second that one client may go on sending to this instance; more get 429. Without it
 *     there is no limit. Lower leaves more to the others, and refuses households and offices that share an address
 *     sooner. 1 to 1000000.
 * @param burst Requests that a client which was quiet may send at once. Larger lets pages that send many requests
 *     through, and lets more through before a flood is noticed. 1 to 1000000.
 * @param clients Number of clients that are told apart, at some 200 bytes of memory each; beyond it those that were quiet
 *     for longest start afresh. 1 to 10000000.
 */
@Validated
@ConfigurationProperties(RateLimitProperties.PREFIX)
public record RateLimitProperties(
        @Min(1) @Max(MOST) int perSecond,
        @Min(1) @Max(MOST) @DefaultValue("100") int burst,
        @Min(1) @Max(10 * MOST) @DefaultValue("100000") int clients) {

    static final String PREFIX = "cart.rate-limit";

    private static final int MOST = 1_000_000;
}
