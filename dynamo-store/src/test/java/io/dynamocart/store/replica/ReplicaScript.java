package io.dynamocart.store.replica;

import static io.dynamocart.store.replica.ScriptedDisk.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** A replica on a scripted disk, from one start to the next. */
final class ReplicaScript {

    static final Key KEY = Key.of("cart-1");

    /** What was replied so far to one request: nothing yet, or one outcome. */
    static final class Outcome<T> implements Reply<T> {

        private final List<T> outcomes = new ArrayList<>();

        @Override
        public void accept(Moment now, T outcome) {
            outcomes.add(outcome);
        }

        boolean isThere() {
            assertThat(outcomes).as("replied at most once").hasSizeLessThan(2);
            return !outcomes.isEmpty();
        }

        T get() {
            assertThat(isThere()).as("replied").isTrue();
            return outcomes.getFirst();
        }
    }

    final ScriptedDisk disk = new ScriptedDisk();
    final List<Key> damaged = new ArrayList<>();
    /** How many versions there were before each commit, and after it. */
    final List<String> committed = new ArrayList<>();

    private final NodeId self;
    private final SeededRandom random;
    private final ReplicaLimits limits;
    private Replica replica;

    private ReplicaScript(String self, int maxVersions) {
        this(self, new ReplicaLimits(maxVersions, Truncation.off()));
    }

    private ReplicaScript(String self, ReplicaLimits limits) {
        this.self = new NodeId(self);
        this.random = new SeededRandom(679).fork(self);
        this.limits = limits;
        this.replica = open();
    }

    /** One that must read its record of the key. */
    static ReplicaScript cold() {
        return new ReplicaScript("a", 100);
    }

    /** One that has its record of the key at hand. */
    static ReplicaScript warm() {
        return warm(100);
    }

    static ReplicaScript warm(int maxVersions) {
        return remembering(new ReplicaScript("a", maxVersions));
    }

    /** One with an object buffer for so many keys, that has its record of the key at hand. */
    static ReplicaScript buffering(int keys) {
        return remembering(new ReplicaScript("a", new ReplicaLimits(100, Truncation.off()).withObjectBuffer(keys)));
    }

    /** Another node's. */
    static ReplicaScript elsewhere() {
        return remembering(new ReplicaScript("b", 100));
    }

    private static ReplicaScript remembering(ReplicaScript script) {
        script.disk.remember(KEY);
        return script;
    }

    /** The process dies; this many of the queued writes were on disk by then. */
    void restartAfter(int commits) {
        disk.crashAfter(commits);
        replica = open();
    }

    Outcome<Copy> get() {
        return outcomeOf(outcome -> replica.get(NOW, KEY, outcome));
    }

    Outcome<Copy> inspect() {
        return outcomeOf(outcome -> replica.inspect(NOW, KEY, outcome));
    }

    void get(Reply<Copy> reply) {
        replica.get(NOW, KEY, reply);
    }

    /** A put of a client that had seen nothing. */
    Outcome<Written> put(String value) {
        return put(value, Clock.empty());
    }

    Outcome<Written> put(String value, Clock seen) {
        return put(KEY, value, seen);
    }

    Outcome<Written> put(Key key, String value, Clock seen) {
        return outcomeOf(outcome -> replica.coordinate(NOW, key, seen, Value.of(value), Long.MAX_VALUE, outcome));
    }

    /** A put that may be in memory only when it is reported. */
    Outcome<Written> buffer(Key key, String value, Clock seen) {
        return outcomeOf(outcome ->
                replica.coordinate(NOW, key, seen, Value.of(value), Long.MAX_VALUE, Durability.IN_BUFFER, outcome));
    }

    Outcome<Written> buffer(String value) {
        return buffer(KEY, value, Clock.empty());
    }

    Outcome<Written> mergeToBuffer(Versions versions) {
        return outcomeOf(outcome -> replica.merge(NOW, KEY, versions, Durability.IN_BUFFER, outcome));
    }

    /** Waits for what is in the buffer now. */
    Outcome<String> whenWritten() {
        return outcomeOf(outcome -> replica.whenWritten(NOW, now -> outcome.accept(now, "written")));
    }

    /** Does something as soon as what is in the buffer now is written. */
    void whenWritten(Runnable action) {
        replica.whenWritten(NOW, _ -> action.run());
    }

    Outcome<Optional<Versions>> settled() {
        return outcomeOf(outcome -> replica.settled(NOW, KEY, outcome));
    }

    boolean isAhead() {
        return replica.isAhead(KEY);
    }

    Outcome<Written> merge(Versions versions) {
        return outcomeOf(outcome -> replica.merge(NOW, KEY, versions, outcome));
    }

    void merge(Versions versions, Reply<Written> reply) {
        replica.merge(NOW, KEY, versions, reply);
    }

    boolean takesWrites() {
        return replica.refusal() == null;
    }

    /** The versions that a reader is shown, at once. */
    static Versions shown(Outcome<Copy> outcome) {
        assertThat(outcome.get()).isInstanceOf(Copy.Held.class);
        return ((Copy.Held) outcome.get()).versions();
    }

    static Written.Durable durable(Outcome<Written> outcome) {
        assertThat(outcome.get()).isInstanceOf(Written.Durable.class);
        return (Written.Durable) outcome.get();
    }

    static Dot dotOf(Outcome<Written> outcome) {
        return Objects.requireNonNull(durable(outcome).dot());
    }

    static List<String> texts(Versions versions) {
        return versions.live().stream()
                .map(Version::value)
                .map(String::valueOf)
                .sorted()
                .toList();
    }

    private static <T> Outcome<T> outcomeOf(Consumer<Outcome<T>> request) {
        Outcome<T> outcome = new Outcome<>();
        request.accept(outcome);
        return outcome;
    }

    private Replica open() {
        return new Replica(
                self,
                random.nextLong(),
                disk,
                random::nextLong,
                limits,
                (key, detail) -> damaged.add(key),
                (key, before, after) -> committed.add(
                        before.list().size() + " -> " + after.list().size()));
    }
}
