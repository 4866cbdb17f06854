package io.dynamocart.store.bench;

import java.util.Locale;

/**
 * One line of the benchmark.
 *
 * @param cpuMicrosPerOp CPU time of all processes together, clients included, per operation
 * @param cacheHitRatio share of the replicas' lookups that their caches answered
 */
record Result(
        Mix mix,
        int inFlight,
        double opsPerSecond,
        double cpuMicrosPerOp,
        long p50Micros,
        long p99Micros,
        long p999Micros,
        int keys,
        double cacheHitRatio) {

    static String header() {
        return "%-6s %9s %10s %10s %9s %9s %9s %7s %9s"
                .formatted("mix", "in flight", "ops/s", "CPU us/op", "p50 us", "p99 us", "p99.9 us", "keys", "cache hit");
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%-6s %9d %10.0f %10.1f %9d %9d %9d %7d %8.1f%%",
                mix.name().toLowerCase(Locale.ROOT),
                inFlight,
                opsPerSecond,
                cpuMicrosPerOp,
                p50Micros,
                p99Micros,
                p999Micros,
                keys,
                100 * cacheHitRatio);
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"mix\": \"%s\", \"inFlight\": %d, \"opsPerSecond\": %.1f, \"cpuMicrosPerOp\": %.2f, \"p50Micros\": %d, \"p99Micros\": %d, \"p999Micros\": %d, \"keys\": %d, \"cacheHitRatio\": %.4f}",
                mix.name().toLowerCase(Locale.ROOT),
                inFlight,
                opsPerSecond,
                cpuMicrosPerOp,
                p50Micros,
                p99Micros,
                p999Micros,
                keys,
                cacheHitRatio);
    }
}
