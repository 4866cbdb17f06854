package io.dynamocart.store.merkle;

import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Writes drawn from a source of random numbers. No dot is issued twice, by whatever source. */
public final class SomeVersions {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final SeededRandom random;

    public SomeVersions(SeededRandom random) {
        this.random = random;
    }

    /** What is there after one more write, which replaces all, some or none of it, or deletes. */
    public Versions write(Versions before) {
        Clock seen = random.chance(0.3) ? Clock.empty() : before.clock();
        Dot dot = new Dot(new Actor("n" + random.nextInt(3), random.nextLong()), 1);
        Value value = random.chance(0.2) ? null : Value.of("value " + random.nextInt(100));
        Instant at = NOON.plusMillis(random.nextInt(1000));
        return before.write(dot, seen, at, value, Truncation.off());
    }

    /** What is there after a few writes, at least one. */
    public Versions some() {
        Versions versions = write(Versions.none());
        while (random.chance(0.4)) {
            versions = write(versions);
        }
        return versions;
    }

    /** That many keys, with something under each. */
    public NavigableMap<Key, Versions> contents(int size) {
        NavigableMap<Key, Versions> contents = new TreeMap<>();
        while (contents.size() < size) {
            contents.put(Key.of("cart-" + random.nextInt(1_000_000)), some());
        }
        return contents;
    }

    /** The same versions by their dots and pasts, one of them with other bytes. */
    public static Versions rotten(Versions versions) {
        Version[] list = versions.list().toArray(Version[]::new);
        Value value = Value.of((list[0].isTombstone() ? "" : list[0].value()) + "~");
        list[0] = new Version(list[0].dot(), list[0].past(), list[0].writtenAt(), value);
        return Versions.of(list);
    }
}
