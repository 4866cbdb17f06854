package io.dynamocart.app.cart;

/** What a line of the cart is about. */
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
