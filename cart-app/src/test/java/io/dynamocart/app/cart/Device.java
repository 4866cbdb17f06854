package io.dynamocart.app.cart;

import io.dynamocart.app.cart.Shown.Seen;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A device of a {@link CartHistory}: asks for things, remembers what it was shown, and tries again elsewhere. */
final class Device {

    private static final List<ItemId> ITEMS =
            IntStream.range(0, 3).mapToObj(i -> new ItemId("item-" + i)).toList();

    private final String name;
    private final CartHistory history;
    private final SeededRandom random;
    private final Map<ModelCart, Seen> seen = new HashMap<>();
    private int requests;

    Device(String name, CartHistory history, SeededRandom random) {
        this.name = name;
        this.history = history;
        this.random = random;
    }

    void act() {
        ModelCart cart = random.pick(history.carts());
        String key = name + " request " + ++requests;
        int action = random.nextInt(100);
        if (action < 15) {
            Sight sight = history.readSome(cart, history.nodes().somewhere());
            seen.put(cart, new Seen(sight.context().clock(), sight.writes()));
        } else if (action < 25) {
            ModelCart other = history.carts().get(1 - history.carts().indexOf(cart));
            trySeveralTimes(() -> Server.any(history, cart, null).absorb(other, key));
        } else if (action < 30) {
            // One key for two requests that have nothing to do with one another
            history.carts().forEach(each -> ask(each, key, 30));
        } else {
            ask(cart, key, action);
        }
    }

    private void ask(ModelCart cart, String key, int action) {
        boolean isAdd = action < 60;
        Seen context = isAdd || random.chance(0.2) ? null : seen.get(cart);
        Operation operation = operation(history.rules().ids().apply(cart.id(), key), action, context);
        String request = cart.id() + " " + key;
        trySeveralTimes(() -> Server.any(history, cart, context)
                .perform(request, operation, context, shown -> remember(cart, operation, shown)));
    }

    private Operation operation(OperationId id, int action, @Nullable Seen context) {
        Clock clock = context == null ? null : context.clock();
        ItemId item = random.pick(ITEMS);
        int quantity = (int) random.between(1, 9);
        long price = random.between(1, 9) * 100;
        if (action < 60) {
            return new Operation.Add(id, item, quantity, price);
        } else if (action < 78) {
            return new Operation.Remove(id, item, clock, true);
        } else if (action < 90) {
            return new Operation.SetQuantity(id, item, quantity, price, clock);
        } else if (action < 96) {
            return new Operation.Checkout(id, clock);
        }
        return new Operation.Clear(id, clock, true);
    }

    private void trySeveralTimes(Runnable attempt) {
        attempt.run();
        while (random.chance(0.3)) {
            history.within(CartHistory.TRYING, attempt);
        }
    }

    /** A device is shown the whole cart, or, as by some requests, one line. */
    private void remember(ModelCart cart, Operation operation, Shown shown) {
        if (operation instanceof Operation.Add add && random.chance(0.5)) {
            Seen before = seen.getOrDefault(cart, Seen.NOTHING);
            seen.put(cart, shown.line(add.item(), before, cart.exact()));
        } else {
            seen.put(cart, shown.all());
        }
    }
}
