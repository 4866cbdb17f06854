package io.dynamocart.app.cart;

import io.dynamocart.store.version.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Operations that are written together, as one version with one dot. Clients name what they have seen by dots, so whoever is
 * shown a part of what the dot brought in counts as having seen all of it. Therefore all that a batch brings in is of one item,
 * or of one operation, and each client of the batch is shown all of it. Not thread-safe.
 */
final class Batch {

    private static final int MOST_AT_ONCE = 200;

    private final List<Pending> operations = new ArrayList<>();
    private List<ItemId> brought = List.of();

    private Batch() {}

    /** Takes the first, and those behind it that may go with it. */
    static Batch takeFrom(Deque<Pending> waiting) {
        Batch batch = new Batch();
        while (!waiting.isEmpty() && batch.mayHave(waiting.element())) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    List<Pending> operations() {
        return operations;
    }

    boolean isEmpty() {
        return operations.isEmpty();
    }

    /** What it has to be read for, at least. */
    Clock atLeast() {
        Pending first = operations.getFirst();
        Clock seen = first.operation().seen();
        return first.alone() && seen != null ? seen : Clock.empty();
    }

    private boolean mayHave(Pending next) {
        if (operations.isEmpty()) {
            return true;
        }
        if (operations.size() == MOST_AT_ONCE || operations.getFirst().alone() || next.alone()) {
            return false;
        }
        List<ItemId> brings = next.operation().brings();
        if (brings.isEmpty()) {
            return next.shown().showsAll(brought);
        }
        return brought.isEmpty()
                ? operations.stream().allMatch(one -> one.shown().showsAll(brings))
                : brought.size() == 1 && brought.equals(brings);
    }

    private void add(Pending next) {
        operations.add(next);
        brought = brought.isEmpty() ? next.operation().brings() : brought;
    }
}
