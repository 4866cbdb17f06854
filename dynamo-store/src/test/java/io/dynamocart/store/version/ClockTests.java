package io.dynamocart.store.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The compact clock against the naive one, a set of dots. */
class ClockTests {

    private static final List<Actor> ACTORS =
            List.of(new Actor("a", 1), new Actor("a", -1), new Actor("b", 7), new Actor("c", 0));

    @Test
    void saysNothingOfDotsBelowTheHighest() {
        Clock clock = Clock.of(new Dot(ACTORS.getFirst(), 1), new Dot(ACTORS.getFirst(), 5));

        assertThat(clock.contains(new Dot(ACTORS.getFirst(), 3))).isFalse();
        assertThat(clock.highest(ACTORS.getFirst())).isEqualTo(5);
        assertThat(Dots.in(clock)).hasSize(2);
    }

    @Test
    void containsWhatWasPutIn() {
        Property.holds(2_000, random -> {
            Set<Dot> dots = dots(random);
            Clock clock = clockOf(dots);

            assertThat(allDots())
                    .allSatisfy(dot -> assertThat(clock.contains(dot)).isEqualTo(dots.contains(dot)));
            assertThat(Dots.in(clock)).hasSameSizeAs(dots);
        });
    }

    @Test
    void joinIsUnion() {
        Property.holds(2_000, random -> {
            Set<Dot> left = dots(random);
            Set<Dot> right = dots(random);
            Set<Dot> both = new TreeSet<>(left);
            both.addAll(right);

            assertThat(clockOf(left).join(clockOf(right))).isEqualTo(clockOf(both));
        });
    }

    @Test
    void coversSubsets() {
        Property.holds(2_000, random -> {
            Set<Dot> left = dots(random);
            Set<Dot> right = dots(random);

            assertThat(clockOf(left).covers(clockOf(right))).isEqualTo(left.containsAll(right));
        });
    }

    @Test
    void hasOneFormOnly() {
        Property.holds(500, random -> {
            List<Dot> dots = new ArrayList<>(dots(random));
            Clock ascending = clockOf(dots);
            Clock descending = clockOf(dots.reversed());

            assertThat(encode(ascending)).isEqualTo(encode(descending));
            assertThat(ascending).isEqualTo(descending).hasSameHashCodeAs(descending);
        });
    }

    @Test
    void survivesEncoding() {
        Property.holds(500, random -> {
            Clock clock = clockOf(dots(random));

            assertThat(Clock.readFrom(new ByteReader(encode(clock)))).isEqualTo(clock);
        });
    }

    @Test
    void readsNothingFromDamagedBytes() {
        byte[] bytes = encode(Clock.of(new Dot(ACTORS.get(0), 2), new Dot(ACTORS.get(2), 3)));

        for (int length = 0; length < bytes.length; length++) {
            ByteReader cut = new ByteReader(bytes, 0, length);
            assertThatThrownBy(() -> Clock.readFrom(cut)).isInstanceOf(MalformedBytesException.class);
        }
    }

    @Test
    void keepsOnlyTheActorsAskedFor() {
        Clock clock = Clock.of(new Dot(ACTORS.get(0), 1), new Dot(ACTORS.get(2), 2), new Dot(ACTORS.get(3), 3));

        assertThat(clock.only(List.of(ACTORS.get(2), ACTORS.get(3))))
                .isEqualTo(Clock.of(new Dot(ACTORS.get(2), 2), new Dot(ACTORS.get(3), 3)));
    }

    private static byte[] encode(Clock clock) {
        ByteWriter out = new ByteWriter();
        clock.writeTo(out);
        return out.toByteArray();
    }

    private static Clock clockOf(Collection<Dot> dots) {
        return Clock.of(dots.toArray(Dot[]::new));
    }

    private static List<Dot> allDots() {
        return ACTORS.stream()
                .flatMap(actor -> java.util.stream.LongStream.rangeClosed(1, 8).mapToObj(n -> new Dot(actor, n)))
                .toList();
    }

    private static Set<Dot> dots(SeededRandom random) {
        double density = random.nextDouble();
        Set<Dot> dots = new TreeSet<>();
        allDots().stream().filter(dot -> random.chance(density)).forEach(dots::add);
        return dots;
    }
}
