package io.dynamocart.store.simulation;

import io.dynamocart.store.port.RandomSource;
import java.util.List;

/** Random numbers from a seed (SplitMix64, Steele et al. 2014): the same seed gives the same numbers everywhere. */
public final class SeededRandom implements RandomSource {

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private final long seed;
    private long state;

    public SeededRandom(long seed) {
        this.seed = seed;
        this.state = mix(seed);
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    @Override
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound " + bound);
        }
        return (int) Long.remainderUnsigned(nextLong(), bound);
    }

    /** A number from {@code low} to {@code high}, both included. */
    public long between(long low, long high) {
        return low + Long.remainderUnsigned(nextLong(), high - low + 1);
    }

    /** Whether something that happens with this probability happens. */
    public boolean chance(double probability) {
        return nextDouble() < probability;
    }

    public <T> T pick(List<T> list) {
        return list.get(nextInt(list.size()));
    }

    /** A source that depends on the seed and the label only, not on what was drawn before. */
    @Override
    public SeededRandom fork(String label) {
        long hash = seed;
        for (int i = 0; i < label.length(); i++) {
            hash = mix(hash ^ (label.charAt(i) + GAMMA));
        }
        return new SeededRandom(hash);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
