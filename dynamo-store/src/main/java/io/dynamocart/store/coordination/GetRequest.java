package io.dynamocart.store.coordination;

import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One read (paper §5, the read state machine): ask R replicas, wait for them, merge, answer; then bring those up to
 * date that were behind.
 *
 * <pre>
 *   asking ── R answers that cover enough ──▶ answered ── all asked have answered, or waited enough ──▶ done
 *     ├────── in doubt, once: home replicas are asked again ──▶ asking
 *     └────── nobody left to ask, or time is up: Fail ──────────────────────────────────────────────▶ done
 * </pre>
 *
 * A candidate that fails is replaced by the next at once; one that is slow is joined by the next within the budget for
 * hedges, and one that is late within the budget for retries. Before a read is unanimous, or fails since its answers do
 * not cover enough, home replicas are asked once more, where a hint on its way home may have been missed ({@link
 * GetAnswers#isInDoubt}). Not thread-safe.
 */
public final class GetRequest {

    /** A step that a read wants done next. */
    public sealed interface Step {

        /** Ask this node for its versions. */
        record Ask(NodeId node) implements Step {}

        /** Answer the client. */
        record Answer(GetAnswer answer) implements Step {}

        /** Tell the client that the read failed. */
        record Fail(GetFailure failure) implements Step {}

        /** Send the node, a home replica that was behind, these versions to merge. */
        record Repair(NodeId node, Versions versions) implements Step {}
    }

    private final List<Candidate> candidates;
    private final RetryBudget hedges;
    private final RetryBudget retries;
    private final GetAnswers answers;
    private final Inquiries inquiries = new Inquiries();
    private final long deadline;
    private final long repairWait;
    private int next;
    private boolean askedAgain;
    private boolean answered;
    private boolean done;
    private long repairAt;

    /**
     * Prepares a read.
     *
     * @param candidates whom to ask, in this order; all nodes, home replicas and others
     * @param hedges for asking the next when one is slow
     * @param retries for asking the next when one is late
     * @param repairWait nanoseconds to wait, once the client is answered, for those who have not answered yet
     */
    public GetRequest(
            ReadOptions options,
            List<Candidate> candidates,
            RetryBudget hedges,
            RetryBudget retries,
            long now,
            long repairWait) {
        this.candidates =
                options.strict() ? candidates.stream().filter(Candidate::home).toList() : List.copyOf(candidates);
        this.hedges = hedges;
        this.retries = retries;
        this.answers = new GetAnswers(options, this.candidates);
        this.deadline = now + options.timeout().toNanos();
        this.repairWait = repairWait;
        hedges.earn();
        retries.earn();
    }

    public List<Step> start(long now) {
        return proceed(now);
    }

    /** A node answered. */
    public List<Step> onVersions(long now, NodeId node, Versions versions, Instant clock) {
        if (!inquiries.close(node)) {
            return List.of();
        }
        answers.add(node, versions, clock);
        return proceed(now);
    }

    /** A node has answered that it holds what another does, of which is still to be heard: it is not slow itself. */
    public void onSame(NodeId node) {
        inquiries.excuse(node);
    }

    /** A node that answered so is asked anew, for its own versions; false if there is no need to. */
    public boolean onRenewed(long now, NodeId node) {
        return inquiries.renew(node, now);
    }

    /**
     * A node cannot answer.
     *
     * @param damaged whether its copy is damaged, and wants to be repaired
     */
    public List<Step> onFailure(long now, NodeId node, boolean damaged) {
        if (!inquiries.close(node)) {
            return List.of();
        }
        answers.addFailure(node, damaged);
        return proceed(now);
    }

    /** Time has passed. */
    public List<Step> onTick(long now) {
        return proceed(now);
    }

    public boolean isDone() {
        return done;
    }

    /** When {@link #onTick} is due, if nothing else happens before. */
    public long wakeAt() {
        return answered ? repairAt : Math.min(deadline, inquiries.nextPatience());
    }

    private List<Step> proceed(long now) {
        List<Step> steps = new ArrayList<>(4);
        if (!answered && !done) {
            decide(now, steps);
        }
        if (answered && !done && (inquiries.isEmpty() || now >= repairAt)) {
            done = true;
            answers.stale().forEach(node -> steps.add(new Step.Repair(node, answers.merged())));
        }
        return steps;
    }

    private void decide(long now, List<Step> steps) {
        if (now >= deadline || (answers.enough() && answers.complete())) {
            end(now, steps);
        } else {
            askMore(now, steps);
            // Whoever was asked and has not answered is late, or there is nobody
            if (inquiries.isEmpty() || (answers.enough() && inquiries.counted() == 0)) {
                end(now, steps);
            }
        }
    }

    private void end(long now, List<Step> steps) {
        if (now < deadline && !askedAgain && answers.isInDoubt()) {
            askAgain(now, steps);
        } else if (answers.enough()) {
            answer(now, steps);
        } else {
            fail(steps);
        }
    }

    private void askAgain(long now, List<Step> steps) {
        askedAgain = true;
        Set<NodeId> homes = answers.askAgain();
        candidates.stream().filter(each -> homes.contains(each.node())).forEach(each -> ask(each, now, steps));
    }

    private void answer(long now, List<Step> steps) {
        answered = true;
        repairAt = now + repairWait;
        steps.add(new Step.Answer(answers.answer()));
    }

    private void askMore(long now, List<Step> steps) {
        for (Candidate late : inquiries.late(now)) {
            if (hasNext() && !retries.spend()) {
                inquiries.bearWith(late);
            } else {
                inquiries.stopCounting(late);
            }
        }
        for (Candidate slow : inquiries.takeSlow(now)) {
            if (hasNext() && hedges.spend()) {
                inquiries.stopCounting(slow);
            }
        }
        while (hasNext() && inquiries.counted() + inquiries.irreplaceable() < answers.wanted()) {
            ask(candidates.get(next++), now, steps);
        }
    }

    private void ask(Candidate candidate, long now, List<Step> steps) {
        inquiries.open(candidate, now);
        steps.add(new Step.Ask(candidate.node()));
    }

    private void fail(List<Step> steps) {
        done = true;
        steps.add(new Step.Fail(answers.failure()));
    }

    private boolean hasNext() {
        return next < candidates.size();
    }
}
