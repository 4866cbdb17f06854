package io.dynamocart.app.cart;

import java.util.List;

/**
 * A generation number for set quantities. Within one generation of a line the largest quantity that was set wins; the
 * quantities of different generations add up.
 *
 * <p>A guest merge starts a new one in the guest's cart: what the guest sets later comes on top of what went with the merge.
 * Copies of a guest's entries have generations of their own, one for each of the guest's.
 *
 * @param name as it is stored
 */
public record Register(String name) implements Comparable<Register> {

    /** The first generation: that of a cart of which nothing was ever merged into another. */
    public static final Register OWN = new Register("");

    /**
     * The generation that these releases start, none of which knew of another. Every node that knows the same releases gets
     * the same one. It does not depend on any clock, so no node goes back to a generation that was merged already.
     *
     * @param releases in their order
     */
    static Register after(List<OperationId> releases) {
        if (releases.isEmpty()) {
            return OWN;
        }
        String[] texts = releases.stream().map(OperationId::toString).toArray(String[]::new);
        return new Register(Hash.of(texts).toString());
    }

    Register copiedFrom(CartId guest) {
        return new Register(Hash.of(guest.name(), name).toString());
    }

    @Override
    public int compareTo(Register other) {
        return name.compareTo(other.name);
    }
}
