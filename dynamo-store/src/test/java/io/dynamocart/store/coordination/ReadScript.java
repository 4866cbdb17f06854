package io.dynamocart.store.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.coordination.GetRequest.Step;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A read that a test tells what happens, and at which millisecond. Candidates are home replicas, or stand-ins where
 * their name is in lower case; each is usually answered within 10 ms and late after 100 ms. The read has a second, and
 * waits 50 ms before it repairs.
 */
final class ReadScript {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final long MS = 1_000_000;

    static final ReadOptions TWO_OF_THREE = ReadOptions.of(3, 2, Duration.ofSeconds(1));

    static final Versions NOTHING = Versions.none();
    static final Versions OLD = Versions.of(version("x", 1, Clock.empty()));
    static final Versions NEW = Versions.of(version("x", 2, OLD.clock()));
    static final Versions SIBLING = Versions.of(version("y", 1, Clock.empty()));

    private final GetRequest request;
    private long now;

    ReadScript(ReadOptions options, String candidates) {
        this(options, candidates, RetryBudget.ofHedges(0.05));
    }

    ReadScript(ReadOptions options, String candidates, RetryBudget hedges) {
        this(options, candidates, hedges, RetryBudget.ofRetries());
    }

    ReadScript(ReadOptions options, String candidates, RetryBudget hedges, RetryBudget retries) {
        List<Candidate> all = nodes(candidates).stream()
                .map(node ->
                        new Candidate(node, Character.isUpperCase(node.name().charAt(0)), 10 * MS, 100 * MS))
                .toList();
        request = new GetRequest(options, all, hedges, retries, 0, 50 * MS);
    }

    /** It is now so many milliseconds after the beginning. */
    ReadScript at(long millis) {
        now = millis * MS;
        return this;
    }

    List<Step> start() {
        return request.start(now);
    }

    List<Step> answer(String node, Versions versions) {
        return answer(node, versions, NOON);
    }

    List<Step> answer(String node, Versions versions, Instant clock) {
        return request.onVersions(now, new NodeId(node), versions, clock);
    }

    List<Step> failure(String node) {
        return request.onFailure(now, new NodeId(node), false);
    }

    List<Step> damage(String node) {
        return request.onFailure(now, new NodeId(node), true);
    }

    List<Step> tick() {
        return request.onTick(now);
    }

    boolean isDone() {
        return request.isDone();
    }

    /** When it wants to be woken, in milliseconds. */
    long wakeAt() {
        return request.wakeAt() / MS;
    }

    static Step ask(String node) {
        return new Step.Ask(new NodeId(node));
    }

    static Step repair(String node, Versions versions) {
        return new Step.Repair(new NodeId(node), versions);
    }

    /** The answer, which must be the only thing to do besides repairs. */
    static GetAnswer answerOf(List<Step> steps) {
        assertThat(steps).first().isInstanceOf(Step.Answer.class);
        assertThat(steps.subList(1, steps.size())).hasOnlyElementsOfType(Step.Repair.class);
        return ((Step.Answer) steps.getFirst()).answer();
    }

    /** The failure, which must be the only thing to do. */
    static GetFailure failureOf(List<Step> steps) {
        assertThat(steps).singleElement().isInstanceOf(Step.Fail.class);
        return ((Step.Fail) steps.getFirst()).failure();
    }

    static List<NodeId> nodes(String names) {
        return names.chars().mapToObj(Character::toString).map(NodeId::new).toList();
    }

    private static Version version(String actor, long counter, Clock past) {
        return new Version(new Dot(new Actor(actor, 0), counter), past, NOON, Value.of(actor + counter));
    }
}
