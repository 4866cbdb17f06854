package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds of a merge whatever the versions are (docs/invariants.md D7, D32): for every strategy, unless a law names
 * its own.
 */
class MergeLawsTests {

    private static final int RUNS = 500;

    @ParameterizedTest
    @ValueSource(strings = {"observed-remove", "paper-union", "last-writer-wins"})
    void theOrderOfVersionsDoesNotMatter(String strategy) {
        holds(
                strategy,
                (merge, versions) -> assertThat(ordersOf(versions))
                        .extracting(order -> merge.merge(order).state())
                        .containsOnly(merge.merge(versions).state()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"observed-remove", "paper-union", "last-writer-wins"})
    void howOftenAVersionIsThereDoesNotMatter(String strategy) {
        holds(strategy, (merge, versions) -> {
            List<CartVersion> twice = new ArrayList<>(versions);
            twice.addAll(versions);

            assertThat(merge.merge(twice).state())
                    .isEqualTo(merge.merge(versions).state());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"observed-remove", "paper-union", "last-writer-wins"})
    void oneVersionIsMergedToItself(String strategy) {
        holds(
                strategy,
                (merge, versions) -> versions.forEach(version ->
                        assertThat(merge.merge(List.of(version)).state()).isEqualTo(version.state())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"observed-remove", "paper-union", "last-writer-wins"})
    void noVersionIsTheEmptyCart(String strategy) {
        assertThat(MergeStrategy.named(strategy).merge(List.of()).state()).isEqualTo(CartState.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"observed-remove", "paper-union", "last-writer-wins"})
    void everyNodeMakesTheSameBytesOfTheSameVersions(String strategy) {
        holds(strategy, (merge, versions) -> {
            List<CartVersion> elsewhere = versions.reversed().stream()
                    .map(MergeLawsTests::storedAndRead)
                    .toList();

            assertThat(CartCodec.encode(Side.CART, merge.merge(elsewhere).state()))
                    .isEqualTo(CartCodec.encode(Side.CART, merge.merge(versions).state()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"observed-remove", "paper-union"})
    void whoMergesWhichVersionsFirstDoesNotMatter(String strategy) {
        holds(strategy, (merge, versions) -> {
            for (int i = 0; i <= versions.size(); i++) {
                CartVersion some = writtenBack(merge, "one", versions.subList(0, i));
                CartVersion others = writtenBack(merge, "other", versions.subList(i, versions.size()));
                List<CartVersion> oneByOne = new ArrayList<>(versions.subList(i, versions.size()));
                oneByOne.add(some);

                CartState merged = merge.merge(versions).state();
                assertThat(merge.merge(List.of(some, others)).state()).isEqualTo(merged);
                assertThat(merge.merge(oneByOne).state()).isEqualTo(merged);
            }
        });
    }

    @Test
    void withLastWriterWinsItDoesMatterSinceWhoMergesWritesLast() {
        MergeStrategy strategy = MergeStrategy.named("last-writer-wins");
        CartVersion first = version(Side.called("a").withClock("10:01:00").add("apple", 1));
        CartVersion second = version(Side.called("b").withClock("10:02:00").add("pear", 1));
        CartVersion third = version(Side.called("c").withClock("10:03:00").add("plum", 1));
        CartVersion firstTwo = writtenBack(strategy, "d", List.of(first, second));

        assertThat(strategy.merge(List.of(first, second, third)).state()).isEqualTo(third.state());
        assertThat(strategy.merge(List.of(firstTwo, third)).state()).isEqualTo(second.state());
    }

    private static void holds(String strategy, BiConsumer<MergeStrategy, List<CartVersion>> law) {
        Property.holds(RUNS, random -> law.accept(MergeStrategy.named(strategy), siblings(random)));
    }

    /** Versions of three sides that have changed a cart, met now and then, and repeated one another's requests. */
    private static List<CartVersion> siblings(SeededRandom random) {
        List<Side> sides = new ArrayList<>(List.of(Side.called("a"), Side.called("b"), Side.called("c")));
        for (long steps = random.between(0, 20); steps > 0; steps--) {
            int which = random.nextInt(3);
            Side side = sides.get(which).withClock("10:00:0" + random.nextInt(3));
            sides.set(which, random.chance(0.3) ? side.meeting(random.pick(sides)) : change(side, random));
        }
        return sides.stream().reduce(Side::meeting).orElseThrow().versions();
    }

    private static Side change(Side side, SeededRandom random) {
        String item = random.pick(List.of("apple", "pear"));
        int quantity = (int) random.between(1, 9);
        return switch (random.nextInt(8)) {
            case 0, 1 -> side.add(item, quantity, quantity * 100L);
            case 2, 3 -> side.addWithKey("key for " + item, item, 5);
            case 4 -> side.set(item, quantity);
            case 5 -> side.remove(item);
            case 6 -> side.deleteCart();
            default -> side.cart().entries().isEmpty() ? side : side.checkOutWithKey("checkout " + random.nextInt(2));
        };
    }

    private static List<List<CartVersion>> ordersOf(List<CartVersion> versions) {
        if (versions.isEmpty()) {
            return List.of(List.of());
        }
        List<List<CartVersion>> orders = new ArrayList<>();
        for (CartVersion first : versions) {
            List<CartVersion> others = new ArrayList<>(versions);
            others.remove(first);
            ordersOf(others)
                    .forEach(rest -> orders.add(
                            Stream.concat(Stream.of(first), rest.stream()).toList()));
        }
        return orders;
    }

    private static CartVersion writtenBack(MergeStrategy strategy, String node, List<CartVersion> versions) {
        Dot dot = new Dot(new Actor(node, 1), 1);
        Clock past = versions.stream()
                .map(version -> version.past().with(version.dot()))
                .reduce(Clock.empty(), Clock::join);
        return new CartVersion(
                dot,
                past,
                Instant.parse("2026-11-21T23:00:00Z"),
                strategy.merge(versions).state().foundIn(dot));
    }

    private static CartVersion storedAndRead(CartVersion version) {
        CartState read = CartCodec.decode(Side.CART, CartCodec.encode(Side.CART, version.state()), version.dot());
        return new CartVersion(version.dot(), version.past(), version.writtenAt(), read);
    }

    private static CartVersion version(Side side) {
        return side.versions().getFirst();
    }
}
