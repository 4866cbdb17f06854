package io.dynamocart.app.cart;

import io.dynamocart.app.cart.ExactWrite.Ordered;
import io.dynamocart.app.cart.ExactWrite.Put;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request as its server takes it up.
 *
 * @param name its own: no other request on any cart has it
 * @param seen the writes that its client knew of, null if it is to act on what the server knows
 * @param known the writes that the server knows of
 * @param clock the server's
 */
record ExactRequest(
        ExactCart cart, String name, @Nullable Set<Integer> seen, Set<Integer> known, Instant clock, long time) {

    private static final String COPY = "copy from ";

    /** What an operation comes to, for anybody who knows what has happened to the cart. */
    ExactWrite perform(Operation operation) {
        ExactWrite nothing = ExactWrite.of(name, time);
        if (cart.isDone(name, known)) {
            return nothing;
        }
        return switch (operation) {
            case Operation.Add add -> putting(nothing, add.item(), add.quantity(), null, add.unitPrice());
            case Operation.SetQuantity set ->
                putting(
                        nothing.taking(visible(set.item())),
                        set.item(),
                        set.quantity(),
                        cart.register(known),
                        set.unitPrice());
            case Operation.Remove remove -> nothing.taking(visible(remove.item()));
            case Operation.Clear _ -> nothing.taking(visible(null));
            case Operation.Checkout _ -> {
                Set<String> taken = visible(null);
                yield nothing.taking(taken).checkingOut(new Ordered(cart.quantities(taken, known), clock));
            }
            case Operation.Absorb _, Operation.Release _ ->
                throw new IllegalArgumentException("a login knows itself what it copies");
        };
    }

    /**
     * What a login comes to that has seen {@code guestWrites} of the guest's cart. Repeated it comes to nothing, unless one is
     * half done.
     *
     * @param withdrawn what the guest has taken out, and is not forgotten
     */
    ExactWrite absorb(CartId guest, ExactCart guestCart, Set<Integer> guestWrites, Set<String> withdrawn) {
        ExactWrite nothing = ExactWrite.of(name, time);
        Map<String, Put> originals = guestCart.present(guestWrites);
        Set<String> taken = cart.present(known).keySet();
        taken.retainAll(withdrawn.stream()
                .map(original -> copy(original, guest))
                .collect(Collectors.toCollection(TreeSet::new)));
        boolean isHalfDone = !taken.isEmpty()
                || originals.keySet().stream().anyMatch(original -> cart.isDone(copy(original, guest), known));
        if (cart.isDone(name, known) && !isHalfDone) {
            return nothing;
        }
        Map<String, Put> copies = new TreeMap<>();
        originals.forEach((original, put) -> {
            if (!cart.isDone(copy(original, guest), known)) {
                copies.put(copy(original, guest), put.copiedFrom(guest));
            }
        });
        Set<String> outdated = guestCart.outdated(guestWrites).stream()
                .map(original -> copy(original, guest))
                .filter(copies::containsKey)
                .collect(Collectors.toSet());
        return nothing.taking(taken).putting(copies, outdated);
    }

    static boolean isCopy(String name) {
        return name.startsWith(COPY);
    }

    static String copy(String original, CartId guest) {
        return COPY + "%s of (%s)".formatted(guest, original);
    }

    private ExactWrite putting(ExactWrite write, ItemId item, int quantity, @Nullable String register, long price) {
        Set<String> outdates = ofItem(item, cart.present(known));
        outdates.removeAll(write.takes());
        return write.putting(Map.of(name, new Put(item, quantity, register, price, clock)), outdates);
    }

    /** What is there and its client knew of. */
    private Set<String> visible(@Nullable ItemId item) {
        Map<String, Put> present = cart.present(known);
        if (seen != null) {
            present.keySet().retainAll(cart.everPut(seen).keySet());
        }
        return ofItem(item, present);
    }

    private static Set<String> ofItem(@Nullable ItemId item, Map<String, Put> puts) {
        Set<String> names = new TreeSet<>();
        puts.forEach((name, put) -> {
            if (item == null || item.equals(put.item())) {
                names.add(name);
            }
        });
        return names;
    }
}
