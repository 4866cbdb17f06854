package io.dynamocart.app.cart;

import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A cart as it was read, or as operations left it.
 *
 * @param context of the server, which has read all of it
 * @param written the version that its operation was written as, null where nothing was written
 */
public record CartSnapshot(
        CartId cart,
        CartState state,
        Context context,
        @Nullable Dot written) {

    /** What a client has seen that is shown so much of it. */
    public Context contextFor(Shown shown) {
        return switch (shown) {
            case Shown.Whole _ -> new Context(context.key(), context.heads(), pastInUse(), context.coordinator());
            case Shown.OneLine line -> contextOf(line.before(), seenWith(state.entriesOf(line.item())));
            case Shown.OrderOnly order -> contextOf(order.before(), seenWithoutEntries());
        };
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

    /**
     * The part of the cart's past that a client needs: the dots of those actors that brought in an entry which is still there.
     * Every start of a node is another actor, so all actors of a long history would not fit into a context. The rest can be
     * left out, since the context also names the newest versions, and the server reads those before it takes anything out.
     */
    private Clock pastInUse() {
        List<Actor> inUse = state.entries().values().stream()
                .flatMap(entry -> entry.births().stream())
                .map(Dot::actor)
                .distinct()
                .toList();
        return context.past().only(inUse);
    }

    private Clock seenWith(List<Entry> entries) {
        Clock seen = written == null ? Clock.empty() : Clock.of(written);
        for (Entry entry : entries) {
            seen = seen.join(Clock.of(entry.births().toArray(Dot[]::new)));
        }
        return seen;
    }

    /**
     * The newest versions, the checkout itself or what came after it, so that no replica that lags behind them makes another
     * order of the same things. None if one of them brought in what is in the cart.
     */
    private Clock seenWithoutEntries() {
        Clock heads = context.heads();
        boolean sees = state.entries().values().stream().anyMatch(entry -> entry.isSeenBy(heads));
        return sees ? Clock.empty() : heads;
    }

    private Context contextOf(@Nullable Clock before, Clock now) {
        return new Context(context.key(), now, before == null ? Clock.empty() : before, context.coordinator());
    }
}
