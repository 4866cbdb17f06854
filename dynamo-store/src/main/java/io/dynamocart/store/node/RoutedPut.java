package io.dynamocart.store.node;

import io.dynamocart.store.coordination.RetryBudget;
import io.dynamocart.store.coordination.Routing;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Response;
import io.dynamocart.store.node.Calls.Outcome;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * One put on its way through one coordinator after another. One that was given up may still bring success; only the
 * present one can bring failure. Not thread-safe.
 */
final class RoutedPut {

    private final Routing routing;
    private final Coordinators coordinators;
    private final PutAnswer answer;
    private final RetryBudget retries;
    private final long lateAfter;
    private final long deadline;
    private final Timers.Timer timer;
    private final List<Attempt> attempts = new ArrayList<>(1);
    private final List<String> refusals = new ArrayList<>();

    /** No coordinator can have done anything yet: all so far refused, or were never reached. */
    private boolean untouched = true;

    /**
     * Tries nobody yet.
     *
     * @param lateAfter nanoseconds of silence after which a coordinator may be given up
     * @param deadline when the client is told at the latest
     */
    RoutedPut(
            Routing routing,
            Coordinators coordinators,
            PutAnswer answer,
            RetryBudget retries,
            Timers timers,
            long lateAfter,
            long deadline) {
        this.routing = routing;
        this.coordinators = coordinators;
        this.answer = answer;
        this.retries = retries;
        this.lateAfter = lateAfter;
        this.deadline = deadline;
        this.timer = timers.timer(this::onTick);
    }

    void tryNext(Moment now) {
        NodeId next = routing.next();
        if (next == null) {
            throw new IllegalStateException("nobody is left to coordinate the put");
        }
        Attempt attempt = new Attempt(next);
        attempts.add(attempt);
        timer.set(Math.min(deadline, now.nanos() + lateAfter));
        coordinators.ask(now, next, attempt::onWritten, attempt::onOutcome);
    }

    /** One try, at one coordinator. */
    private final class Attempt {

        private final NodeId node;

        /** Whether this try may still bring success. */
        private boolean open = true;

        Attempt(NodeId node) {
            this.node = node;
        }

        private boolean isPresent() {
            return attempts.getLast().equals(this);
        }

        /** Whom this node waits for now, another coordinator would wait for as well. */
        void onWritten() {
            if (isPresent() && !answer.isGiven()) {
                timer.set(deadline);
            }
        }

        void onOutcome(Moment now, Outcome outcome) {
            open = false;
            switch (outcome) {
                case Outcome.Answered(Response response) -> {
                    if (isPresent() || response instanceof Message.CoordinatePutReply) {
                        onResponse(now, response);
                    }
                }
                case Outcome.Lost(boolean unsent) -> {
                    untouched &= unsent;
                    if (isPresent()) {
                        giveWay(now, unsent, node + " cannot be reached");
                    }
                }
            }
        }
    }

    private void onResponse(Moment now, Response response) {
        if (answer.isGiven()) {
            return;
        }
        switch (response) {
            case Message.CoordinatePutReply reply -> end(now).succeed(now, reply);
            case Message.OutcomeUnknown unknown -> end(now).unknown(now, unknown.needed(), unknown.acknowledged());
            case Message.Refused refused -> onRefused(now, refused);
            // A peer may send anything. What it has done, nobody knows
            default -> {
                untouched = false;
                giveWay(
                        now,
                        false,
                        "%s is no answer to a put".formatted(response.getClass().getSimpleName()));
            }
        }
    }

    private void onRefused(Moment now, Message.Refused refused) {
        switch (refused.why()) {
            case TOO_MANY_VERSIONS -> onTooManyVersions(now, refused.detail());
            case NOT_READY, DAMAGED, DISK_FAILED, TOO_FEW_REPLICAS, HINTS_FULL, NOT_COMPARABLE, NOT_HOME ->
                giveWay(now, true, refused.detail());
        }
    }

    /** No other coordinator would take it; but one before, who was silent, may have: it may be one of the many. */
    private void onTooManyVersions(Moment now, String detail) {
        if (untouched) {
            end(now).tooManyVersions(now, detail);
        } else {
            leaveOpen(now);
        }
    }

    /** Gives this coordinator up, and goes on to the next, or ends. */
    private void giveWay(Moment now, boolean certain, String why) {
        if (answer.isGiven()) {
            return;
        }
        refusals.add(why);
        if (now.nanos() < deadline && routing.mayTryNext(certain)) {
            tryNext(now);
        } else if (untouched) {
            end(now).refused(now, refusals);
        } else {
            leaveOpen(now);
        }
    }

    /** Whoever was given up may still do it, and is waited for. */
    private void leaveOpen(Moment now) {
        if (now.nanos() < deadline && attempts.stream().anyMatch(attempt -> attempt.open)) {
            timer.set(deadline);
        } else {
            end(now).unknown(now);
        }
    }

    private void onTick(Moment now) {
        if (now.nanos() >= deadline) {
            end(now).unknown(now);
        } else if (routing.mayTryNext(false) && retries.spend()) {
            untouched = false;
            tryNext(now);
        } else {
            timer.set(deadline);
        }
    }

    /** Nobody is waited for any more, and the client is told. */
    private PutAnswer end(Moment now) {
        timer.cancel();
        coordinators.endAll(now);
        return answer;
    }
}
