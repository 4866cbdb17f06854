package io.dynamocart.store.antientropy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Two replicas of a partition, a network between them, and virtual time. Counts what goes to the peer. */
final class TwoReplicas {

    private record Event(long at, long sequence, Runnable action) {}

    private final SeededRandom random;
    private final Map<Side, MemoryReplica> replicas = new EnumMap<>(Side.class);
    private final TreeSet<Event> events =
            new TreeSet<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::sequence));
    private long sequence;
    private long now;
    private @Nullable ExchangeReport report;

    /** What the peer was asked in the last exchange. */
    final List<Question> questions = new ArrayList<>();

    final List<Step.Fetch> fetches = new ArrayList<>();
    final List<Step.Merge> merges = new ArrayList<>();
    final List<Step.Diverged> diverged = new ArrayList<>();
    final Set<Key> unreadable = new TreeSet<>();
    double loss;
    double repetition;

    TwoReplicas(SeededRandom random, int pageSize) {
        this.random = random;
        replicas.put(Side.OWN, new MemoryReplica(pageSize));
        replicas.put(Side.PEER, new MemoryReplica(pageSize));
    }

    MemoryReplica own() {
        return at(Side.OWN);
    }

    MemoryReplica peer() {
        return at(Side.PEER);
    }

    MemoryReplica at(Side side) {
        return Objects.requireNonNull(replicas.get(side));
    }

    boolean areEqual() {
        boolean equal = own().contents().equals(peer().contents());
        assertThat(own().root().equals(peer().root())).isEqualTo(equal);
        return equal;
    }

    void after(Duration delay, Runnable action) {
        events.add(new Event(now + delay.toNanos(), sequence++, action));
    }

    /** Lets everything arrive that is on its way. */
    void settle() {
        while (!events.isEmpty()) {
            runNext();
        }
    }

    /** How many pages of keys the peer was asked for in the last exchange. */
    long pagesAsked() {
        return questions.stream().filter(Question.Page.class::isInstance).count();
    }

    /** One exchange, from its beginning to its end, while all else goes on. */
    ExchangeReport exchange(Limits limits) {
        long deadline = now + limits.timeout().toNanos();
        Exchange exchange = new Exchange(limits, now, random.nextLong());
        report = null;
        questions.clear();
        perform(exchange, exchange.start());
        while (!exchange.isDone()) {
            assertThat(report).as("it goes on after its end").isNull();
            if (events.isEmpty() || events.first().at > exchange.wakeAt()) {
                now = exchange.wakeAt();
                perform(exchange, exchange.onTick(now));
                assertThat(exchange.isDone() || exchange.wakeAt() > now)
                        .as("it ends or has something to wait for")
                        .isTrue();
            } else {
                runNext();
            }
        }
        assertThat(now).as("it ends in time").isLessThanOrEqualTo(deadline);
        return Objects.requireNonNull(report);
    }

    private void runNext() {
        Event event = events.removeFirst();
        now = event.at;
        event.action.run();
    }

    private void perform(Exchange exchange, List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Ask ask -> ask(exchange, ask);
                case Step.Fetch fetch -> fetch(exchange, fetch);
                case Step.Merge merge -> merge(exchange, merge);
                case Step.Diverged found -> diverged.add(found);
                case Step.Finish(ExchangeReport done) -> report = done;
            }
        }
    }

    private void ask(Exchange exchange, Step.Ask ask) {
        if (ask.side() == Side.PEER) {
            questions.add(ask.question());
        }
        call(
                ask.side(),
                () -> at(ask.side()).answer(ask.question()),
                answer -> perform(exchange, exchange.onAnswer(now, ask.side(), answer)));
    }

    private void fetch(Exchange exchange, Step.Fetch fetch) {
        Side side = fetch.side();
        Key key = fetch.key();
        if (side == Side.PEER) {
            fetches.add(fetch);
        }
        repeatedly(() -> call(
                side,
                () -> at(side).get(key),
                versions -> perform(
                        exchange,
                        unreadable.contains(key)
                                ? exchange.onFailure(key)
                                : exchange.onVersions(side, key, versions))));
    }

    private void merge(Exchange exchange, Step.Merge merge) {
        merges.add(merge);
        repeatedly(() -> call(
                merge.side(),
                () -> {
                    at(merge.side()).merge(merge.key(), merge.versions());
                    return merge.key();
                },
                key -> perform(exchange, exchange.onMerged(merge.side(), key))));
    }

    private void repeatedly(Runnable message) {
        message.run();
        if (random.chance(repetition)) {
            message.run();
        }
    }

    private <T> void call(Side side, Supplier<T> there, Consumer<T> back) {
        travel(side, () -> {
            T answer = there.get();
            travel(side, () -> back.accept(answer));
        });
    }

    private void travel(Side side, Runnable arrival) {
        if (side == Side.OWN || !random.chance(loss)) {
            after(Duration.ofMillis(random.between(1, 10)), arrival);
        }
    }
}
