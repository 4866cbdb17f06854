package io.dynamocart.app.cart;

import io.dynamocart.store.version.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One node with its store in memory, and a shopper at it. */
final class CartNode {

    private final String name;
    private final MemoryStore store;
    private final Carts carts;
    private int requests;

    CartNode(String name) {
        this.name = name;
        this.store = new MemoryStore(name);
        this.carts = new Carts(store, CartLimits.STANDARD, store.clocks(), Runnable::run);
    }

    MemoryStore store() {
        return store;
    }

    Carts carts() {
        return carts;
    }

    void meets(CartNode other) {
        store.meets(other.store);
    }

    /** From now on it finds with the other what it does not hold itself. */
    void reaches(CartNode other) {
        store.reaches(other.store);
    }

    void passes(Duration time) {
        store.passes(time);
    }

    void clockJumps(Duration by) {
        store.wallClockJumps(by);
    }

    void add(CartId cart, String item, int quantity) {
        addWithKey(cart, newKey(), item, quantity);
    }

    void addWithKey(CartId cart, String key, String item, int quantity) {
        apply(cart, new Operation.Add(OperationId.of(cart, key), new ItemId(item), quantity, 100));
    }

    void set(CartId cart, String item, int quantity) {
        setHavingSeen(null, cart, item, quantity);
    }

    /** @param seen by its shopper, null for what the node sees */
    void setHavingSeen(@Nullable Clock seen, CartId cart, String item, int quantity) {
        apply(cart, new Operation.SetQuantity(OperationId.of(cart, newKey()), new ItemId(item), quantity, 100, seen));
    }

    void remove(CartId cart, String item) {
        apply(cart, new Operation.Remove(OperationId.of(cart, newKey()), new ItemId(item), null, true));
    }

    void clear(CartId cart) {
        apply(cart, new Operation.Clear(OperationId.of(cart, newKey()), null, true));
    }

    void checkOut(CartId cart) {
        apply(cart, new Operation.Checkout(OperationId.of(cart, newKey()), null));
    }

    void logIn(CartId customer, CartId guest) {
        logInWithKey(newKey(), customer, guest);
    }

    void logInWithKey(String key, CartId customer, CartId guest) {
        CartSnapshot _ = carts.mergeGuest(customer, guest, OperationId.of(customer, key), true, null)
                .join();
    }

    /** What the answer to a login shows. */
    Map<String, Long> shownByLogin(CartId customer, CartId guest) {
        OperationId login = OperationId.of(customer, newKey());
        return linesOf(carts.mergeGuest(customer, guest, login, false, null).join());
    }

    Map<String, Long> lines(CartId cart) {
        return linesOf(carts.get(cart).join());
    }

    private static Map<String, Long> linesOf(CartSnapshot cart) {
        return cart.state().lines().stream()
                .collect(Collectors.toMap(line -> line.item().name(), Line::quantity));
    }

    /** What somebody has seen who is shown the cart now. */
    Clock clockOf(CartId cart) {
        return carts.get(cart).join().context().clock();
    }

    private void apply(CartId cart, Operation operation) {
        CartSnapshot _ = carts.apply(cart, operation, new Shown.Whole(), null).join();
    }

    private String newKey() {
        return name + " request " + ++requests;
    }
}
