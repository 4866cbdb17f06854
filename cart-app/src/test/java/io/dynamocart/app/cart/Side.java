package io.dynamocart.app.cart;

import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One side of a partition and the device that shops there: what of the cart can be read on this side, and what becomes
 * of it. Immutable; every change yields the side after it.
 *
 * @param name of the only node that writes on this side
 * @param clock that node's clock
 * @param versions what it holds
 * @param writes how often it has written
 */
record Side(String name, Instant clock, List<CartVersion> versions, int writes) {

    static final CartId CART = new CartId("customer-1");

    private static final MergeStrategy STRATEGY = new ObservedRemove();
    private static final long PRICE = 100;

    Side {
        versions = List.copyOf(versions);
    }

    /** A side on which nothing has been written yet. */
    static Side called(String name) {
        return new Side(name, Instant.parse("2026-11-21T10:00:00Z"), List.of(), 0);
    }

    /** Another side that begins with what this one holds. */
    Side splitOff(String otherName) {
        return new Side(otherName, clock, versions, 0);
    }

    /** This side after it has received what the other holds. */
    Side meeting(Side other) {
        List<CartVersion> all = Stream.concat(versions.stream(), other.versions.stream())
                .distinct()
                .toList();
        List<CartVersion> kept = all.stream()
                .filter(version -> all.stream().noneMatch(later -> later.past().contains(version.dot())))
                .toList();
        return new Side(name, clock, kept, writes);
    }

    Side withClock(String time) {
        return new Side(name, Instant.parse("2026-11-21T" + time + "Z"), versions, writes);
    }

    CartState cart() {
        return STRATEGY.merge(versions).state();
    }

    Side add(String item, int quantity) {
        return add(item, quantity, PRICE);
    }

    Side add(String item, int quantity, long price) {
        return addWithKey(newKey(), item, quantity, price);
    }

    Side addWithKey(String key, String item, int quantity) {
        return addWithKey(key, item, quantity, PRICE);
    }

    Side set(String item, int quantity) {
        return apply(new Operation.SetQuantity(id(newKey()), new ItemId(item), quantity, PRICE, null));
    }

    Side remove(String item) {
        return apply(new Operation.Remove(id(newKey()), new ItemId(item), null, true));
    }

    Side deleteCart() {
        return apply(new Operation.Clear(id(newKey()), null, true));
    }

    Side checkOut() {
        return checkOutWithKey(newKey());
    }

    Side checkOutWithKey(String key) {
        return apply(new Operation.Checkout(id(key), null));
    }

    /** The cart as one version again, with nothing changed. */
    Side writingBack() {
        return write(cart());
    }

    private Side addWithKey(String key, String item, int quantity, long price) {
        return apply(new Operation.Add(id(key), new ItemId(item), quantity, price));
    }

    private Side apply(Operation operation) {
        CartState before = cart();
        if (before.knows(operation.id())) {
            return this;
        }
        CartDraft draft = new CartDraft(before, clock);
        operation.apply(CART, draft, clock);
        return write(draft.toState());
    }

    /** Whoever writes has read and merged all versions of this side, so all of them are in the past of the new one. */
    private Side write(CartState state) {
        Dot dot = new Dot(new Actor(name, 1), writes + 1);
        Clock past = versions.stream()
                .map(version -> version.past().with(version.dot()))
                .reduce(Clock.empty(), Clock::join);
        List<CartVersion> written = new ArrayList<>();
        written.add(new CartVersion(dot, past, clock, state.foundIn(dot)));
        return new Side(name, clock, written, writes + 1);
    }

    private String newKey() {
        return name + " " + (writes + 1);
    }

    private static OperationId id(String key) {
        return OperationId.of(CART, key, "the request");
    }
}
