package io.dynamocart.store.codec;

import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Mint;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values of every kind that goes to disk or wire, drawn at random, extremes among them. */
public final class Generators {

    private final SeededRandom random;

    public Generators(SeededRandom random) {
        this.random = random;
    }

    public byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** A number as likely to be small as large. */
    public long number() {
        return random.nextLong() >>> random.nextInt(64);
    }

    public int between(int low, int high) {
        return (int) random.between(low, high);
    }

    public boolean chance() {
        return random.chance(0.5);
    }

    public <T> T pick(List<T> list) {
        return random.pick(list);
    }

    public <T> List<T> some(int most, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(most + 1)).toList();
    }

    public String text(int most) {
        String letters = "abc XYZ 019 .-_/ äß€ \uD83D\uDED2 \n";
        int[] points = letters.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        IntStream.range(0, random.nextInt(most + 1))
                .forEach(_ -> text.appendCodePoint(points[random.nextInt(points.length)]));
        return text.toString();
    }

    public Key key() {
        return random.chance(0.1) ? Key.of(new byte[Key.MAX_BYTES]) : Key.of("key-" + text(20));
    }

    public Value value() {
        return Value.of(bytes(random.chance(0.1) ? 5_000 : 50));
    }

    public NodeId nodeId() {
        return new NodeId(random.pick(List.of("a", "node-1", "cart.eu_west-1", "n".repeat(64))));
    }

    public Dot dot() {
        return new Dot(new Actor(nodeId().name(), random.nextLong()), Math.max(1, number() >>> 1));
    }

    public Clock clock() {
        return clockOf(some(6, this::dot));
    }

    public Instant instant() {
        return Instant.ofEpochMilli(random.between(-5_000_000_000_000L, 5_000_000_000_000L));
    }

    public Context context(Key key) {
        return new Context(key, clock(), clock(), chance() ? nodeId().name() : null);
    }

    /** Puts, deletes and siblings, with ages where pasts were cut. */
    public Versions versions() {
        Truncation truncation = chance() ? Truncation.off() : new Truncation(between(1, 4));
        Versions versions = Versions.none();
        for (int left = random.nextInt(5); left > 0; left--) {
            Clock seen = random.chance(0.3) ? clock() : chance() ? versions.clock() : Clock.empty();
            versions = versions.write(dot(), seen, instant(), chance() ? value() : null, truncation);
        }
        return versions;
    }

    public StoredRecord record() {
        return new StoredRecord(versions(), chance() ? new Mint(dot(), random.nextLong()) : null);
    }

    public Member member(String id) {
        return new Member(new NodeId(id), text(20), text(8), between(1, 1_000));
    }

    public MembershipHistory history() {
        if (random.chance(0.2)) {
            return MembershipHistory.empty();
        }
        List<Member> members = IntStream.rangeClosed(1, between(1, 7))
                .mapToObj(i -> member("node-" + i))
                .toList();
        return new MembershipHistory(new Founding(
                between(members.size(), Founding.MAX_PARTITIONS), between(1, Founding.MAX_HOMES), members));
    }

    private static Clock clockOf(List<Dot> dots) {
        return Clock.of(dots.toArray(Dot[]::new));
    }
}
