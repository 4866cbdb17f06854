package io.dynamocart.app.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * A token bucket for each client: it holds {@code burst} requests, and fills up by {@code perSecond}. Memory is bounded by
 * the number of clients. Safe for any number of threads, none of which waits for another.
 */
final class RateLimit {

    private final RateLimitProperties limit;
    private final TimeMeter clock;
    private final Cache<String, Bucket> buckets;

    RateLimit(RateLimitProperties limit, TimeMeter clock) {
        this.limit = limit;
        this.clock = clock;
        this.buckets = Caffeine.newBuilder()
                .ticker(clock::currentTimeNanos)
                .maximumSize(limit.clients())
                // By then it is full, and the same as a new one
                .expireAfterAccess(Duration.ofSeconds(1 + limit.burst() / limit.perSecond()))
                .build();
    }

    /** Counts a request of this client. Returns how long it has to wait with the next if this was too much, else zero. */
    Duration count(String client) {
        ConsumptionProbe probe = buckets.get(client, _ -> full()).tryConsumeAndReturnRemaining(1);
        return Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(bandwidth ->
                        bandwidth.capacity(limit.burst()).refillGreedy(limit.perSecond(), Duration.ofSeconds(1)))
                .withCustomTimePrecision(clock)
                .build();
    }
}
