package io.dynamocart.store.node;

import io.dynamocart.store.handoff.Pass;
import io.dynamocart.store.handoff.Pass.Step;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Copies what one node has of a range to this one: does what {@link Pass} says, and rests after each page as long as
 * its {@link Pace} says. Not thread-safe.
 */
final class Copying {

    /** Silence after which it is given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long to rest after a page. */
    @FunctionalInterface
    interface Pace {

        /** Nanoseconds, after a page that took so many. */
        long restAfter(long nanos);

        /** For a range in which a home replica is missing until all of it is here. */
        Pace WITHOUT_REST = _ -> 0;
    }

    private final TransferSource source;
    private final NodeId from;
    private final TokenRange range;
    private final Pace pace;
    private final Reply<Boolean> whole;
    private final Pass pass = new Pass(Handoffs.KEYS_AT_ONCE);
    private final SerialQueue<Step> steps = new SerialQueue<>(this::perform);
    private final Timers.Timer timer;
    private Step.Ask next = new Step.Ask(null);
    private boolean resting;
    private long askedAt;

    /** @param whole told once whether all of it is here; never after {@link #abandon} */
    Copying(TransferSource source, NodeId from, TokenRange range, Pace pace, Timers timers, Reply<Boolean> whole) {
        this.source = source;
        this.from = from;
        this.range = range;
        this.pace = pace;
        this.whole = whole;
        this.timer = timers.timer(this::onDue);
    }

    void start(Moment now) {
        askedAt = now.nanos();
        steps.add(now, pass.start());
    }

    /** Keys that it has made sure of. */
    long keys() {
        return pass.brought();
    }

    /** How long to rest after the page that is here now, in nanoseconds. */
    long restAfterPage(Moment now) {
        return pace.restAfter(now.nanos() - askedAt);
    }

    /** Whatever still comes of it changes nothing. */
    void abandon() {
        timer.cancel();
        pass.onLost();
    }

    private void perform(Moment now, Step step) {
        switch (step) {
            case Step.Ask ask -> rest(now, ask);
            case Step.Bring bring ->
                source.bring(
                        now,
                        from,
                        bring.entry(),
                        (then, here) ->
                                hear(then, () -> pass.onBrought(bring.entry().key(), here)));
            case Step.Finish finish -> {
                timer.cancel();
                whole.accept(now, finish.whole());
            }
        }
    }

    private void rest(Moment now, Step.Ask ask) {
        next = ask;
        resting = true;
        timer.set(now.nanos() + restAfterPage(now));
    }

    private void onDue(Moment now) {
        if (!resting) {
            steps.add(now, pass.onLost());
            return;
        }
        resting = false;
        askedAt = now.nanos();
        timer.setIn(now, PATIENCE);
        source.list(
                now,
                from,
                range,
                next.after(),
                (then, page) -> hear(
                        then,
                        () -> page.map(listed -> pass.onListing(listed.entries(), listed.last()))
                                .orElseGet(pass::onLost)));
    }

    private void hear(Moment now, Supplier<List<Step>> event) {
        if (!pass.isDone()) {
            timer.setIn(now, PATIENCE);
            steps.add(now, event.get());
        }
    }
}
