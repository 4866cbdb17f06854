package io.dynamocart.app.api;

import io.dynamocart.app.cart.CartVersion;
import io.dynamocart.app.cart.Entry;
import io.dynamocart.app.cart.Explanation;
import io.dynamocart.app.cart.Fate;
import io.dynamocart.app.cart.ItemId;
import io.dynamocart.app.cart.Remembered;
import io.dynamocart.store.version.Dot;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cart laid open, for developers.
 *
 * @param replicas what each home replica holds
 * @param versions the versions that none of the others replaces: what is merged
 * @param merged what the strategy makes of them
 * @param entries what became of every entry, and why
 * @param remembered operations that were undone or have no entry, and must not have their effect again
 */
record ExplanationView(
        String customerId,
        String strategy,
        List<ReplicaView> replicas,
        List<VersionView> versions,
        CartView merged,
        List<EntryView> entries,
        List<RememberedView> remembered) {

    /**
     * One replica.
     *
     * @param versions what it holds; null if it did not answer
     * @param problem why it did not, null if it did
     */
    record ReplicaView(
            String node,
            @Schema(types = {"array", "null"}) @Nullable List<VersionView> versions,
            @Schema(types = {"string", "null"}) @Nullable String problem) {

        static ReplicaView of(Explanation.Copy copy) {
            List<CartVersion> held = copy.versions();
            return new ReplicaView(
                    copy.node(),
                    held == null ? null : held.stream().map(VersionView::of).toList(),
                    copy.problem());
        }
    }

    /**
     * One version.
     *
     * @param version its name: the node that wrote it, that node's birth as an actor, and a counter
     * @param past all versions that it reflects, per actor as ranges of counters
     */
    record VersionView(String version, String writtenBy, Instant writtenAt, String past, List<ItemView> items) {

        static VersionView of(CartVersion version) {
            return new VersionView(
                    version.dot().toString(),
                    version.dot().actor().node(),
                    version.writtenAt(),
                    version.past().toString(),
                    version.state().lines().stream().map(ItemView::of).toList());
        }
    }

    /**
     * One entry.
     *
     * @param sets whether it sets the quantity, instead of adding to it
     * @param births versions that brought it in
     * @param kept whether it is in the merged cart
     * @param rule name of the rule that decided
     * @param because the rule in words
     * @param heldBy versions that hold it
     * @param decidedBy versions that the rule refers to
     */
    record EntryView(
            String itemId,
            String operation,
            boolean sets,
            int quantity,
            long unitPrice,
            List<String> births,
            boolean kept,
            String rule,
            String because,
            List<String> heldBy,
            List<String> decidedBy) {

        static EntryView of(Fate fate) {
            Entry entry = fate.entry();
            return new EntryView(
                    entry.item().name(),
                    entry.operation().toString(),
                    entry.sets(),
                    entry.quantity(),
                    entry.unitPrice(),
                    names(entry.births()),
                    fate.rule().keeps(),
                    fate.rule().name(),
                    fate.rule().explanation(),
                    names(fate.heldBy()),
                    names(fate.decidedBy()));
        }
    }

    /**
     * One operation that is remembered.
     *
     * @param itemId the line it was about, null if about the whole cart
     */
    record RememberedView(
            String operation,
            @Schema(types = {"string", "null"}) @Nullable String itemId,
            Instant at) {

        static RememberedView of(Remembered operation) {
            ItemId item = operation.item();
            return new RememberedView(
                    operation.operation().toString(), item == null ? null : item.name(), operation.at());
        }
    }

    static ExplanationView of(Explanation explanation) {
        return new ExplanationView(
                explanation.cart().name(),
                explanation.strategy().name(),
                explanation.copies().stream().map(ReplicaView::of).toList(),
                explanation.versions().stream().map(VersionView::of).toList(),
                CartView.of(explanation.cart(), explanation.merge().state()),
                explanation.merge().fates().stream()
                        .map(EntryView::of)
                        .sorted(Comparator.comparing(EntryView::itemId))
                        .toList(),
                explanation.merge().state().remembered().values().stream()
                        .map(RememberedView::of)
                        .toList());
    }

    private static List<String> names(List<Dot> dots) {
        return dots.stream().map(Dot::toString).toList();
    }
}
