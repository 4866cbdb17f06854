package io.dynamocart.app.cart;

import io.dynamocart.store.version.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of a cart an answer shows. It decides what its client has seen by then ({@link CartSnapshot#contextFor}), and
 * what may be written together with its operation ({@link Batch}); see docs/decisions/0006-context-of-a-line.md.
 */
public sealed interface Shown {

    /** All of it. */
    record Whole() implements Shown {}

    /**
     * One line of it.
     *
     * @param before what its client had seen, null if it did not say
     */
    record OneLine(ItemId item, @Nullable Clock before) implements Shown {}

    /**
     * Nothing that is left in it, only what a checkout took out.
     *
     * @param before what its client had seen, null if it did not say
     */
    record OrderOnly(@Nullable Clock before) implements Shown {}

    /** Whether whatever is in the cart of these items is shown. */
    default boolean showsAll(List<ItemId> items) {
        return switch (this) {
            case Whole _ -> true;
            case OneLine line -> items.stream().allMatch(line.item::equals);
            case OrderOnly _ -> items.isEmpty();
        };
    }
}
