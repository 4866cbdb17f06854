package io.dynamocart.store.antientropy;

import io.dynamocart.store.merkle.SomeVersions;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What two replicas may hold, and what may be written to them. */
final class RandomContents {

    /** About 120, two thirds of them crowded into four leaves, so that leaves have several pages. */
    static final List<Key> KEYS = IntStream.range(0, 20_000)
            .filter(i ->
                    i % 500 == 0 || TreeNode.leafOf(TokenRange.all(), cart(i)).number() % 256 == 77)
            .mapToObj(RandomContents::cart)
            .toList();

    private RandomContents() {}

    /** Fills both alike, but for that share of the keys; returns what they hold together. */
    static Map<Key, Versions> fill(TwoReplicas two, SeededRandom random, double differing) {
        SomeVersions source = new SomeVersions(random.fork("contents"));
        Map<Key, Versions> merged = new TreeMap<>();
        double present = random.nextDouble();
        for (Key key : KEYS) {
            if (random.chance(present)) {
                Versions common = source.some();
                boolean differs = random.chance(differing);
                Versions own = differs ? other(random, source, common) : common;
                Versions theirs = differs ? other(random, source, common) : common;
                two.own().set(key, own);
                two.peer().set(key, theirs);
                merged.put(key, own.merge(theirs));
            }
        }
        merged.values().removeIf(Versions::isEmpty);
        return merged;
    }

    private static Versions other(SeededRandom random, SomeVersions source, Versions common) {
        return switch (random.nextInt(3)) {
            case 0 -> Versions.none();
            case 1 -> common;
            default -> source.write(common);
        };
    }

    /** So many writes in the next 50 s, each at the other side within less than the pause, or lost on its way. */
    static Map<Key, Clock> writesGoOn(TwoReplicas two, SeededRandom random, Duration pause, int writes, double lost) {
        SomeVersions source = new SomeVersions(random.fork("writes"));
        Map<Key, Clock> written = new TreeMap<>();
        for (int i = 0; i < writes; i++) {
            Key key = random.pick(KEYS);
            Side at = random.pick(List.of(Side.values()));
            Side other = at == Side.OWN ? Side.PEER : Side.OWN;
            Duration travel = pause.minusMillis(random.between(20, 990));
            two.after(Duration.ofMillis(random.between(0, 50_000)), () -> {
                Versions versions = source.write(two.at(at).get(key));
                two.at(at).set(key, versions);
                written.merge(key, versions.clock(), Clock::join);
                if (!random.chance(lost)) {
                    two.after(travel, () -> two.at(other).merge(key, versions));
                }
            });
        }
        return written;
    }

    /** The keys that the two hold different things under. */
    static List<Key> differing(TwoReplicas two) {
        return KEYS.stream()
                .filter(key -> !two.own().get(key).equals(two.peer().get(key)))
                .toList();
    }

    /** How many keys belong to these leaves. */
    static long keysOf(List<TreeNode> leaves) {
        return KEYS.stream()
                .map(key -> TreeNode.leafOf(TokenRange.all(), key))
                .filter(leaves::contains)
                .count();
    }

    private static Key cart(int number) {
        return Key.of("cart-" + number);
    }
}
