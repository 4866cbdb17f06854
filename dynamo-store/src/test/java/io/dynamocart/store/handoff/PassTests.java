package io.dynamocart.store.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.handoff.Pass.Step;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.version.Key;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One pass over what another node has of a range, two keys at a time. */
class PassTests {

    private static final KeyDigest A = entry("a");
    private static final KeyDigest B = entry("b");
    private static final KeyDigest C = entry("c");

    private final Pass pass = new Pass(2);

    @Test
    void anEmptyRangeIsHereAtOnce() {
        assertThat(pass.start()).containsExactly(new Step.Ask(null));

        assertThat(pass.onListing(List.of(), true)).containsExactly(new Step.Finish(true));
        assertThat(pass.isDone()).isTrue();
    }

    @Test
    void bringsNoMoreKeysAtATimeThanItMay() {
        pass.start();
        assertThat(pass.onListing(List.of(A, B, C), true)).containsExactly(new Step.Bring(A), new Step.Bring(B));

        assertThat(pass.onBrought(B.key(), true)).containsExactly(new Step.Bring(C));
        assertThat(pass.onBrought(A.key(), true)).isEmpty();
        assertThat(pass.onBrought(C.key(), true)).containsExactly(new Step.Finish(true));
    }

    @Test
    void asksForTheNextPageBehindTheLastKeyOnceAPageIsHere() {
        pass.start();
        pass.onListing(List.of(A, B), false);
        assertThat(pass.onBrought(A.key(), true)).isEmpty();

        assertThat(pass.onBrought(B.key(), true)).containsExactly(new Step.Ask(B.key()));
        assertThat(pass.onListing(List.of(), true)).containsExactly(new Step.Finish(true));
    }

    @Test
    void goesOnWithTheOthersWhenOneKeyCannotBeBroughtAndIsNotWhole() {
        pass.start();
        pass.onListing(List.of(A, B), true);
        assertThat(pass.onBrought(A.key(), false)).isEmpty();

        assertThat(pass.onBrought(B.key(), true)).containsExactly(new Step.Finish(false));
    }

    @Test
    void isNotWholeWhenTheSourceIsLost() {
        pass.start();
        pass.onListing(List.of(A), false);

        assertThat(pass.onLost()).containsExactly(new Step.Finish(false));
        assertThat(pass.onLost()).isEmpty();
        assertThat(pass.onBrought(A.key(), true)).isEmpty();
        assertThat(pass.onListing(List.of(B), true)).isEmpty();
    }

    @Test
    void aListingOrAKeyThatComesTwiceCountsOnce() {
        pass.start();
        pass.onListing(List.of(A, B), true);
        assertThat(pass.onListing(List.of(A, B), true)).isEmpty();
        assertThat(pass.onBrought(A.key(), true)).isEmpty();

        assertThat(pass.onBrought(A.key(), true)).isEmpty();
        assertThat(pass.isDone()).isFalse();
    }

    private static KeyDigest entry(String key) {
        return new KeyDigest(Key.of(key), new Digest(key.hashCode(), 1));
    }
}
