package io.dynamocart.store.runtime;

import io.dynamocart.store.port.RandomSource;
import java.security.SecureRandom;

/** Randomness of the operating system: births of actors must not repeat, on any machine, ever. */
final class SystemRandom implements RandomSource {

    private final SecureRandom random = new SecureRandom();

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    @Override
    public int nextInt(int bound) {
        return random.nextInt(bound);
    }

    @Override
    public RandomSource fork(String label) {
        return this;
    }
}
