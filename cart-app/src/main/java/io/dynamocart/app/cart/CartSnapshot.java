package io.dynamocart.app.cart;

import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A cart as a client is shown it.
 *
 * @param context what a client has seen that is shown all of it
 * @param written the version that its operation was written as, null where nothing was written
 */
public record CartSnapshot(
        CartId cart,
        CartState state,
        Context context,
        @Nullable Dot written) {

    /**
     * What a client has seen that is shown one line only: what it had seen before, what is on that line, and what it
     * wrote.
     */
    public Context contextOfLine(ItemId item, Clock before) {
        Clock seen = written == null ? before : before.with(written);
        for (Entry entry : state.entriesOf(item)) {
            for (Dot birth : entry.births()) {
                seen = seen.with(birth);
            }
        }
        return new Context(context.key(), seen, Clock.empty(), context.coordinator());
    }

    /** Changes when what a client is shown of the cart changes, and is the same on every node that shows the same. */
    public String tag() {
        return tagOf(state);
    }

    static String tagOf(CartState state) {
        StringJoiner text = new StringJoiner("\n");
        state.lines().forEach(line -> text.add(line.item() + " " + line.quantity() + " " + line.unitPrice()));
        state.conflictingOrders().forEach(text::add);
        return Hash.of(text.toString()).toString();
    }
}
