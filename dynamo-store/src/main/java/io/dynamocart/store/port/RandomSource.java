package io.dynamocart.store.port;

/** Random numbers. Those of a test come from its seed. */
public interface RandomSource {

    long nextLong();

    /** A number from 0 to {@code bound - 1}. */
    int nextInt(int bound);

    /** A number from 0 up to but not including 1. */
    default double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** A source of its own for one consumer, so that a draw more here does not shift the draws there. */
    RandomSource fork(String label);
}
