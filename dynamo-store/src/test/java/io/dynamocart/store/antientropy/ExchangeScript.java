package io.dynamocart.store.antientropy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.antientropy.Step.Ask;
import io.dynamocart.store.antientropy.Step.Fetch;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.merkle.SomeVersions;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** One exchange, and the two replicas that it compares; both hold the same to begin with. */
final class ExchangeScript {

    static final long SECOND = Duration.ofSeconds(1).toNanos();
    static final Limits LIMITS = new Limits(10, 5, 2, Duration.ofSeconds(2), Duration.ofSeconds(10));
    static final Question ROOT = new Question.Nodes(List.of(TreeNode.ROOT));
    static final List<Key> KEYS =
            IntStream.range(0, 8).mapToObj(i -> Key.of("cart-" + i)).toList();

    final SomeVersions source = new SomeVersions(new SeededRandom(1));
    final MemoryReplica own = new MemoryReplica(4);
    final MemoryReplica peer = new MemoryReplica(4);
    final Exchange exchange = new Exchange(LIMITS, 0, 7);

    ExchangeScript() {
        for (Key key : KEYS) {
            Versions versions = source.some();
            own.set(key, versions);
            peer.set(key, versions);
        }
    }

    void change(MemoryReplica replica, Key key) {
        replica.set(key, source.write(replica.get(key)));
    }

    /** Answers from both sides until nothing more is asked. */
    List<Step> firstLook(long now) {
        return answerAll(now, exchange.start());
    }

    List<Step> secondLook() {
        return answerAll(exchange.wakeAt(), exchange.onTick(exchange.wakeAt()));
    }

    /** Both looks and both copies of the only key that differs. */
    List<Step> repair(Key key) {
        firstLook(0);
        assertThat(secondLook()).containsExactly(new Fetch(Side.OWN, key), new Fetch(Side.PEER, key));
        exchange.onVersions(Side.PEER, key, peer.get(key));
        return exchange.onVersions(Side.OWN, key, own.get(key));
    }

    private List<Step> answerAll(long now, List<Step> first) {
        List<Step> steps = first;
        while (!steps.isEmpty() && steps.getFirst() instanceof Ask ask) {
            exchange.onAnswer(now, Side.OWN, own.answer(ask.question()));
            steps = exchange.onAnswer(now, Side.PEER, peer.answer(ask.question()));
        }
        return steps;
    }

    static List<Key> fetched(List<Step> steps) {
        return steps.stream()
                .filter(Fetch.class::isInstance)
                .map(step -> ((Fetch) step).key())
                .distinct()
                .toList();
    }
}
