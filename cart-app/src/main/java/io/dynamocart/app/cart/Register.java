package io.dynamocart.app.cart;

import java.util.List;

/**
 * Where quantities of a line are set. Of one register only the largest counts; those of different registers add up.
 *
 * <p>A cart begins a new one each time that what it held was taken into another: what is set later comes on top of that.
 * Copies from a guest's cart have registers of their own, one for each of the guest's.
 *
 * @param name as it is stored
 */
public record Register(String name) implements Comparable<Register> {

    /** That of a cart of which nothing was taken into another. */
    public static final Register OWN = new Register("");

    /**
     * After these releases, each of which knew nothing of the others. All who know the same have the same register; and no
     * clock has a say in it, so nobody returns to one of which something was taken.
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
