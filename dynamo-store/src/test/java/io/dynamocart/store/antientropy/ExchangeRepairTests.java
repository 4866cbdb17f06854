package io.dynamocart.store.antientropy;

import static io.dynamocart.store.antientropy.ExchangeScript.KEYS;
import static io.dynamocart.store.antientropy.ExchangeScript.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.antientropy.Step.Finish;
import io.dynamocart.store.antientropy.Step.Merge;
import io.dynamocart.store.merkle.SomeVersions;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an exchange does about keys that differ. */
class ExchangeRepairTests {

    private final ExchangeScript script = new ExchangeScript();
    private final MemoryReplica own = script.own;
    private final MemoryReplica peer = script.peer;
    private final Exchange exchange = script.exchange;

    @Test
    void aSideThatLacksNothingMergesNothing() {
        Key key = KEYS.get(3);
        own.set(key, Versions.none());

        assertThat(script.repair(key)).containsExactly(new Merge(Side.OWN, key, peer.get(key)));
        assertThat(exchange.onMerged(Side.PEER, key)).isEmpty();
        assertThat(exchange.onMerged(Side.OWN, key)).singleElement().isInstanceOf(Finish.class);
    }

    @Test
    void siblingsGoBothWays() {
        Key key = KEYS.get(3);
        own.set(key, script.source.some());
        peer.set(key, script.source.some());
        Versions merged = own.get(key).merge(peer.get(key));

        assertThat(script.repair(key))
                .containsExactly(new Merge(Side.OWN, key, merged), new Merge(Side.PEER, key, merged));
        assertThat(exchange.onMerged(Side.OWN, key)).isEmpty();
        assertThat(exchange.onMerged(Side.PEER, key)).singleElement().isInstanceOf(Finish.class);
    }

    @Test
    void differentBytesOfOneVersionAreReportedBeforeBothSidesKeepTheSame() {
        Key key = KEYS.get(3);
        own.set(key, SomeVersions.rotten(own.get(key)));
        Versions merged = own.get(key).merge(peer.get(key));
        Side wrong = merged.equals(own.get(key)) ? Side.PEER : Side.OWN;

        assertThat(script.repair(key))
                .containsExactly(new Step.Diverged(key, own.get(key), peer.get(key)), new Merge(wrong, key, merged));
        assertThat(exchange.onMerged(wrong, key))
                .containsExactly(new Finish(new ExchangeReport(true, false, 65, 1, 1, 1, 1, 1, 0)));
    }

    @Test
    void aKeyThatCameTogetherAtTheLastMomentIsNotMerged() {
        Key key = KEYS.get(3);
        script.change(peer, key);
        script.firstLook(0);
        script.secondLook();

        assertThat(exchange.onVersions(Side.OWN, key, peer.get(key))).isEmpty();
        assertThat(exchange.onVersions(Side.PEER, key, peer.get(key)))
                .containsExactly(new Finish(new ExchangeReport(true, false, 65, 1, 1, 1, 0, 0, 0)));
    }

    @Test
    void onlySoManyKeysAreUnderRepairAndAFailedOneMakesRoom() {
        List<Key> changed = KEYS.subList(0, 3);
        changed.forEach(key -> script.change(peer, key));
        script.firstLook(0);

        List<Key> begun = ExchangeScript.fetched(script.secondLook());
        assertThat(begun).hasSize(LIMITS.parallel());
        List<Key> next = ExchangeScript.fetched(exchange.onFailure(begun.get(0)));
        assertThat(Stream.concat(begun.stream(), next.stream())).containsExactlyInAnyOrderElementsOf(changed);
        assertThat(exchange.onFailure(begun.get(0))).isEmpty();
        exchange.onFailure(begun.get(1));
        assertThat(exchange.onFailure(next.getFirst()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Finish.class, end -> assertThat(end.report().failed()).isEqualTo(3));
    }
}
