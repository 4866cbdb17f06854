package io.dynamocart.store.antientropy;

import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of a partition with a peer that has it too (paper §4.7), at the node that began it. The peer only
 * answers.
 *
 * <pre>
 *   first look ── keys differ ──▶ pause ──▶ second look ── still differ as before ──▶ repairing ──▶ done
 *       └── none do ──────────────────────────────┴── none do ────────────────────────────────────▶ done
 *   in any state: a question stays unanswered, or time is up ─────────────────────────────────────▶ done
 * </pre>
 *
 * The first look goes from the roots down to the keys. A write on its way to the other side differs then, too; so
 * only those keys are repaired of which neither side has changed its mind when they are looked at again after a pause
 * (docs/invariants.md C7). Repair is a merge of whole sets, which can do no harm however old they are.
 *
 * <p>Both sides are asked the same questions, one at a time. Every step is answered at most once. Not thread-safe.
 */
public final class Exchange {

    private static final long NEVER = Long.MAX_VALUE;

    private final Limits limits;
    private final long deadline;
    private final Survey survey;
    private final Map<Side, Answer> answers = new EnumMap<>(Side.class);
    private @Nullable Question question;
    private long askAt = NEVER;
    private @Nullable Repairs repairs;
    private boolean done;

    /**
     * Prepares an exchange.
     *
     * @param now nanoseconds, as in all that follows
     * @param salt a random number: where to begin when there is more to do than the limits allow
     */
    public Exchange(Limits limits, long now, long salt) {
        this.limits = limits;
        this.deadline = now + limits.timeout().toNanos();
        this.survey = new Survey(limits, salt);
    }

    public List<Step> start() {
        return askBoth(survey.first());
    }

    /** A side answered the question it was last asked. */
    public List<Step> onAnswer(long now, Side side, Answer answer) {
        Question asked = question;
        if (asked == null || askAt != NEVER) {
            return List.of();
        }
        if (!asked.accepts(answer)) {
            return finish(false);
        }
        answers.put(side, answer);
        Answer own = answers.get(Side.OWN);
        Answer theirs = answers.get(Side.PEER);
        return own == null || theirs == null ? List.of() : decide(now, survey.next(asked, own, theirs));
    }

    /** A side was asked for its versions of the key, and has these. */
    public List<Step> onVersions(Side side, Key key, Versions versions) {
        return whileRepairing(repairing -> repairing.onVersions(side, key, versions));
    }

    /** A side has merged the versions that it was given, and has them on disk. */
    public List<Step> onMerged(Side side, Key key) {
        return whileRepairing(repairing -> repairing.onMerged(side, key));
    }

    /** The key cannot be read or written at one of the sides. The others go on. */
    public List<Step> onFailure(Key key) {
        return whileRepairing(repairing -> repairing.onFailure(key));
    }

    /** The peer is lost, or a question cannot be answered. */
    public List<Step> onLost() {
        return done ? List.of() : finish(false);
    }

    /** Time has passed. */
    public List<Step> onTick(long now) {
        if (now >= deadline) {
            return onLost();
        }
        Question held = question;
        return held != null && now >= askAt ? askBoth(held) : List.of();
    }

    public boolean isDone() {
        return done;
    }

    /** When {@link #onTick} is due, if nothing else happens before. */
    public long wakeAt() {
        return Math.min(deadline, askAt);
    }

    private List<Step> decide(long now, @Nullable Question next) {
        if (next == null) {
            question = null;
            repairs = new Repairs(survey.confirmed(), limits.parallel());
            return whileRepairing(Repairs::proceed);
        }
        if (next instanceof Question.Keys) {
            question = next;
            askAt = now + limits.pause().toNanos();
            return List.of();
        }
        return askBoth(next);
    }

    private List<Step> askBoth(Question asked) {
        question = asked;
        askAt = NEVER;
        answers.clear();
        return List.of(new Step.Ask(Side.OWN, asked), new Step.Ask(Side.PEER, asked));
    }

    private List<Step> whileRepairing(Function<Repairs, List<Step>> event) {
        Repairs repairing = repairs;
        if (done || repairing == null) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>(event.apply(repairing));
        if (repairing.isDone()) {
            steps.addAll(finish(true));
        }
        return steps;
    }

    private List<Step> finish(boolean complete) {
        done = true;
        question = null;
        return List.of(new Step.Finish(ExchangeReport.of(complete, survey, repairs)));
    }
}
