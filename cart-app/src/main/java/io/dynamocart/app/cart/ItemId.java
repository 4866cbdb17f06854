package io.dynamocart.app.cart;

/**
 * The name of an item, which one line of a cart is about.
 */
public record ItemId(String name) implements Comparable<ItemId> {

    public ItemId {
        Identifiers.check("itemId", name);
    }

    @Override
    public int compareTo(ItemId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
