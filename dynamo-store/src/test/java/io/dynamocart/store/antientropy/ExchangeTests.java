package io.dynamocart.store.antientropy;

import static io.dynamocart.store.antientropy.ExchangeScript.KEYS;
import static io.dynamocart.store.antientropy.ExchangeScript.LIMITS;
import static io.dynamocart.store.antientropy.ExchangeScript.ROOT;
import static io.dynamocart.store.antientropy.ExchangeScript.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dynamocart.store.antientropy.Step.Ask;
import io.dynamocart.store.antientropy.Step.Finish;
import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an exchange asks what of whom, and when it ends. */
class ExchangeTests {

    private final ExchangeScript script = new ExchangeScript();
    private final MemoryReplica own = script.own;
    private final MemoryReplica peer = script.peer;
    private final Exchange exchange = script.exchange;

    @Test
    void asksBothSidesForTheirRoots() {
        assertThat(exchange.start()).containsExactly(new Ask(Side.OWN, ROOT), new Ask(Side.PEER, ROOT));
        assertThat(exchange.wakeAt()).isEqualTo(10 * SECOND);
    }

    @Test
    void endsWhereTheRootsAreEqual() {
        exchange.start();

        assertThat(exchange.onAnswer(1, Side.PEER, peer.answer(ROOT))).isEmpty();
        assertThat(exchange.onAnswer(2, Side.OWN, own.answer(ROOT)))
                .containsExactly(new Finish(new ExchangeReport(true, false, 1, 0, 0, 0, 0, 0, 0)));
        assertThat(exchange.isDone()).isTrue();
    }

    @Test
    void looksAgainAfterThePauseAndNotBefore() {
        script.change(peer, KEYS.get(3));
        assertThat(script.firstLook(SECOND)).isEmpty();

        assertThat(exchange.wakeAt()).isEqualTo(3 * SECOND);
        assertThat(exchange.onTick(3 * SECOND - 1)).isEmpty();
        Question again = new Question.Keys(List.of(KEYS.get(3)));
        assertThat(exchange.onTick(3 * SECOND)).containsExactly(new Ask(Side.OWN, again), new Ask(Side.PEER, again));
        assertThat(exchange.wakeAt()).isEqualTo(10 * SECOND);
    }

    @Test
    void anAnswerThatNobodyWaitsForIsIgnored() {
        script.change(peer, KEYS.get(3));
        script.firstLook(SECOND);

        assertThat(exchange.onAnswer(SECOND, Side.PEER, peer.answer(ROOT))).isEmpty();
        assertThat(exchange.onVersions(Side.PEER, KEYS.get(3), peer.get(KEYS.get(3))))
                .isEmpty();
        assertThat(exchange.isDone()).isFalse();
    }

    @Test
    void leavesAKeyAloneThatChangedBetweenTheLooks() {
        script.change(peer, KEYS.get(3));
        script.change(own, KEYS.get(4));
        script.firstLook(0);
        script.change(own, KEYS.get(3));
        script.change(own, KEYS.get(4));

        assertThat(script.secondLook())
                .containsExactly(new Finish(new ExchangeReport(true, false, 97, 2, 2, 0, 0, 0, 0)));
    }

    @Test
    void leavesAKeyAloneThatCameTogetherBetweenTheLooks() {
        script.change(peer, KEYS.get(3));
        script.firstLook(0);
        own.merge(KEYS.get(3), peer.get(KEYS.get(3)));

        assertThat(script.secondLook()).singleElement().isInstanceOf(Finish.class);
    }

    @Test
    void whatIsBeyondTheLimitsIsLeftAndSaid() {
        KEYS.forEach(key -> script.change(peer, key));
        script.firstLook(0);

        List<Step> steps = exchange.onTick(2 * SECOND);
        assertThat(steps)
                .first()
                .isInstanceOfSatisfying(
                        Ask.class,
                        ask -> assertThat(ask.question())
                                .isInstanceOfSatisfying(
                                        Question.Keys.class,
                                        again -> assertThat(again.keys()).hasSize(LIMITS.keys())));
        assertThat(exchange.onLost())
                .singleElement()
                .isInstanceOfSatisfying(
                        Finish.class, end -> assertThat(end.report().more()).isTrue());
    }

    @Test
    void anAnswerToAnotherQuestionEndsIt() {
        exchange.start();

        assertThat(exchange.onAnswer(1, Side.PEER, new Answer.Digests(List.of())))
                .containsExactly(new Finish(new ExchangeReport(false, false, 0, 0, 0, 0, 0, 0, 0)));
    }

    @Test
    void aPageMustTellOfWhatFollows() {
        TreeNode leaf = TreeNode.leafOf(TokenRange.all(), KEYS.getFirst());
        Answer page = new Answer.Page(List.of(new KeyDigest(KEYS.getFirst(), Digest.NONE)), true);

        assertThat(new Question.Page(leaf, null).accepts(page)).isTrue();
        assertThat(new Question.Page(leaf, KEYS.getFirst()).accepts(page)).isFalse();
    }

    @Test
    void aPageIsAscendingAndMovesOn() {
        KeyDigest entry = new KeyDigest(KEYS.getFirst(), Digest.NONE);

        assertThatIllegalArgumentException().isThrownBy(() -> new Answer.Page(List.of(entry, entry), true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Answer.Page(List.of(), false));
    }

    @Test
    void endsWhenTimeIsUpWhateverItIsDoing() {
        script.change(peer, KEYS.get(3));
        script.firstLook(0);
        script.secondLook();

        assertThat(exchange.onTick(10 * SECOND))
                .containsExactly(new Finish(new ExchangeReport(false, false, 65, 1, 1, 1, 0, 0, 0)));
    }

    @Test
    void nothingHappensAfterTheEnd() {
        Key key = KEYS.get(3);
        script.change(peer, key);
        script.firstLook(0);
        script.secondLook();
        exchange.onLost();

        assertThat(exchange.onLost()).isEmpty();
        assertThat(exchange.onTick(11 * SECOND)).isEmpty();
        assertThat(exchange.onAnswer(1, Side.PEER, peer.answer(ROOT))).isEmpty();
        assertThat(exchange.onVersions(Side.OWN, key, own.get(key))).isEmpty();
        assertThat(exchange.onVersions(Side.PEER, key, peer.get(key))).isEmpty();
        assertThat(exchange.onMerged(Side.OWN, key)).isEmpty();
        assertThat(exchange.onFailure(key)).isEmpty();
    }
}
