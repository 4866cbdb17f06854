package io.dynamocart.app.cart;

import io.dynamocart.app.cart.Remembered.Retention;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Dot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Carts of any content, for properties. */
final class RandomCarts {

    private static final List<Effect> EFFECTS = List.of(
            new Effect.Adds(),
            new Effect.Sets(Register.OWN),
            new Effect.Sets(Register.OWN.copiedFrom(new CartId("guest"))));

    private RandomCarts() {}

    static CartState cart(SeededRandom random) {
        SortedMap<OperationId, Entry> entries = new TreeMap<>();
        SortedMap<OperationId, Remembered> remembered = new TreeMap<>();
        SortedMap<String, Order> orders = new TreeMap<>();
        for (long left = random.between(0, 6); left > 0; left--) {
            Entry entry = entry(random);
            entries.put(entry.operation(), entry);
        }
        for (long left = random.between(0, 4); left > 0; left--) {
            OperationId id = id(random);
            remembered.put(id, remembered(id, random));
        }
        if (random.chance(0.3)) {
            Order order = Order.of(
                    new CartId("c"),
                    id(random),
                    List.of(new Line(item(random), 2, 30)),
                    List.of(id(random)),
                    at(random));
            orders.put(order.id(), order);
        }
        return new CartState(entries, remembered, orders, new TreeMap<>());
    }

    private static Remembered remembered(OperationId id, SeededRandom random) {
        Retention retention = random.pick(List.of(Retention.values()));
        @Nullable
        ItemId item = switch (retention) {
            case WHILE_STANDING -> null;
            case WHILE_REPEATABLE -> random.chance(0.5) ? null : item(random);
            case WHILE_GUESTS_LIVE -> item(random);
        };
        return new Remembered(id, item, retention, at(random));
    }

    private static Entry entry(SeededRandom random) {
        List<Dot> births = new ArrayList<>();
        for (long left = random.between(1, 3); left > 0; left--) {
            births.add(new Dot(new Actor("node-" + left, random.nextLong()), random.between(1, 1_000_000)));
        }
        return new Entry(
                id(random),
                item(random),
                births,
                random.pick(EFFECTS),
                (int) random.between(1, 9_999),
                random.between(0, 1_000_000_000),
                at(random),
                random.chance(0.5),
                random.chance(0.5));
    }

    private static OperationId id(SeededRandom random) {
        return new OperationId(
                new Hash(random.nextLong(), random.nextLong()), new Hash(random.nextLong(), random.nextLong()));
    }

    private static ItemId item(SeededRandom random) {
        return new ItemId("item-" + random.nextInt(5));
    }

    private static Instant at(SeededRandom random) {
        return Instant.ofEpochSecond(random.between(0, 2_000_000_000), random.nextInt(1_000_000_000));
    }
}
