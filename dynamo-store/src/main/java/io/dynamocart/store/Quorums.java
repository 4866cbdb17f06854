package io.dynamocart.store;

import java.time.Duration;

/** Checks what options of reads and of writes have in common. */
final class Quorums {

    private Quorums() {}

    static void check(String name, int count, int n, Duration timeout) {
        if (count < 1 || count > n) {
            throw new IllegalArgumentException("%s=%d is not between 1 and N=%d".formatted(name, count, n));
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout %s is not above zero".formatted(timeout));
        }
    }
}
