package io.dynamocart.store.handoff;

import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.version.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over all that a node has of a range, at the node that wants to have it too (paper §4.9): page by page it
 * asks for keys and sums, and brings over what differs from its own. What is here already is not sent again, so a pass
 * that was broken off is taken up by beginning another.
 *
 * <pre>
 *   listing ── a page ──▶ bringing ── all of it here ──▶ listing … ── the last page is here ──▶ Finish
 *       └── the source is lost ──┴────────────────────────────────────────────────────────────▶ Finish (not whole)
 * </pre>
 *
 * Not thread-safe.
 */
public final class Pass {

    /** A step that a pass wants done next. */
    public sealed interface Step {

        /** Ask the source for the page behind this key; the first if it is null. */
        record Ask(@Nullable Key after) implements Step {}

        /** Have here what the source has of this key, unless it is so. */
        record Bring(KeyDigest entry) implements Step {}

        /**
         * The pass is over.
         *
         * @param whole whether all that the source had when it was asked is here
         */
        record Finish(boolean whole) implements Step {}
    }

    private final int atOnce;
    private final Deque<KeyDigest> waiting = new ArrayDeque<>();
    private final Set<Key> onTheirWay = new HashSet<>();
    private @Nullable Key position;
    private boolean listing = true;
    private boolean last;
    private boolean failed;
    private boolean done;
    private long brought;

    /** @param atOnce keys on their way at one time */
    public Pass(int atOnce) {
        this.atOnce = atOnce;
    }

    public List<Step> start() {
        return List.of(new Step.Ask(null));
    }

    /** The source listed a page. */
    public List<Step> onListing(List<KeyDigest> entries, boolean isLast) {
        if (done || !listing) {
            return List.of();
        }
        listing = false;
        last = isLast || entries.isEmpty();
        waiting.addAll(entries);
        if (!entries.isEmpty()) {
            position = entries.getLast().key();
        }
        return proceed();
    }

    /** What the source has of the key is here; or cannot be brought, and the pass is not whole. */
    public List<Step> onBrought(Key key, boolean here) {
        if (done || !onTheirWay.remove(key)) {
            return List.of();
        }
        failed |= !here;
        brought += here ? 1 : 0;
        return proceed();
    }

    /** The source does not answer. */
    public List<Step> onLost() {
        return done ? List.of() : finish(false);
    }

    /** Keys of which what the source has is here. */
    public long brought() {
        return brought;
    }

    public boolean isDone() {
        return done;
    }

    private List<Step> proceed() {
        List<Step> steps = new ArrayList<>();
        while (!waiting.isEmpty() && onTheirWay.size() < atOnce) {
            KeyDigest next = waiting.remove();
            onTheirWay.add(next.key());
            steps.add(new Step.Bring(next));
        }
        if (waiting.isEmpty() && onTheirWay.isEmpty()) {
            if (last) {
                steps.addAll(finish(!failed));
            } else {
                listing = true;
                steps.add(new Step.Ask(position));
            }
        }
        return steps;
    }

    private List<Step> finish(boolean whole) {
        done = true;
        return List.of(new Step.Finish(whole));
    }
}
