package io.dynamocart.app.cart;

import io.dynamocart.app.cart.ModelAnswer.Seen;
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
            seen.put(cart, sight.shown().seen(new Shown.Whole(), Seen.NOTHING, cart));
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
        Seen sent = random.chance(0.2) ? null : seen.get(cart);
        Seen context = isAdd ? null : sent;
        Operation operation = operation(history.rules().ids().apply(cart.id(), key), action, context);
        Shown shown = shown(operation, sent == null ? null : sent.clock());
        String request = cart.id() + " " + key;
        trySeveralTimes(() -> Server.any(history, cart, context)
                .perform(
                        request,
                        operation,
                        context,
                        answer -> seen.put(cart, answer.seen(shown, sent == null ? Seen.NOTHING : sent, cart))));
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

    /** What the answer shows; to a set it is one line, but what sets to 0 is a remove, which also shows the whole cart. */
    private Shown shown(Operation operation, @Nullable Clock before) {
        return switch (operation) {
            case Operation.Add add -> new Shown.OneLine(add.item(), before);
            case Operation.SetQuantity set -> new Shown.OneLine(set.item(), before);
            case Operation.Remove remove when random.chance(0.5) -> new Shown.OneLine(remove.item(), before);
            case Operation.Checkout _ -> new Shown.OrderOnly(before);
            default -> new Shown.Whole();
        };
    }
}
