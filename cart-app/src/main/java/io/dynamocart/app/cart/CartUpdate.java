package io.dynamocart.app.cart;

import io.dynamocart.store.version.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What operations make of a cart that was read, one after the other (docs/architecture.md, "Life of a cart add"). It
 * only decides: reading and writing are the caller's.
 *
 * @param now the writer's clock
 */
record CartUpdate(CartRead read, CartLimits limits, Instant now) {

    /**
     * Does one operation. One that is done changes nothing. Of one that is known nothing is asked: it was, when it was new, and
     * has changed the cart since.
     *
     * @param ifMatch tags of which the cart must have one, null if any will do
     * @param before what the operations before this one have left
     * @throws CartProblem if it cannot be done
     */
    CartState apply(Operation operation, @Nullable List<String> ifMatch, CartState before) {
        if (operation.isDone(before)) {
            return before;
        }
        if (!before.knows(operation.id())) {
            check(operation, ifMatch, before);
        }
        CartDraft draft = new CartDraft(before, latest(now, read.found().latestClock()));
        operation.apply(read.cart(), draft, now);
        CartState after = draft.toState();
        if (operation.isLimited()) {
            // Only a write forgets; were all adds to a full cart refused, none would
            limits.check(read.cart(), before, forgetting(after, Collections.emptySet()));
        }
        return after;
    }

    /**
     * What is written of a cart: where all home replicas agree on what was read, nobody can bring back what it forgets.
     *
     * @param asked for just now: whoever repeats a checkout late is still to be shown its order
     */
    CartState forgetting(CartState state, Set<OperationId> asked) {
        if (!read.found().unanimous()) {
            return state;
        }
        CartDraft draft = new CartDraft(state, now);
        draft.forget(earliestTime(), limits, asked);
        return draft.toState();
    }

    /** Whether it would forget anything of what was read, if all home replicas agreed on that. */
    boolean couldForget() {
        Instant time = earliestTime();
        return read.state().remembered().values().stream().anyMatch(operation -> limits.isForgettable(operation, time));
    }

    /** By the clock in sight that is furthest behind: nothing is too late before it is too late by that one. */
    private Instant earliestTime() {
        return earliest(now, read.found().earliestClock());
    }

    private void check(Operation operation, @Nullable List<String> ifMatch, CartState before) {
        if (before.knowsMisuseOf(operation.id())) {
            throw new CartProblem.KeyReused(read.cart());
        }
        Clock seen = operation.seen();
        if (seen != null && !read.found().context().clock().covers(seen)) {
            throw new CartProblem.ContextNotCovered(read.cart());
        }
        if (ifMatch != null && !ifMatch.contains(CartSnapshot.tagOf(before))) {
            throw new CartProblem.Changed(read.cart());
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
