package io.dynamocart.store.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.Expiry;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Three home replicas are asked about a cart that goes after 30 days. */
class VoteTests {

    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final Key CART = Key.of("cart-1");
    private static final Instant WRITTEN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant DUE = WRITTEN.plus(Duration.ofDays(30));
    private static final Instant TOO_EARLY = DUE.minusMillis(1);
    private static final Version MILK = version("a", Clock.empty(), WRITTEN, Value.of("milk"));
    private static final Versions OLD = Versions.of(MILK);

    private final Vote vote = new Vote(CART, List.of(A, B, C), 3, Expiry.after(Duration.ofDays(30)));

    @Test
    void itGoesWhenTheClocksOfAMajorityAgree() {
        vote.onCopy(A, OLD, DUE);
        assertThat(vote.expired()).isEmpty();
        vote.onCopy(B, OLD, TOO_EARLY);
        assertThat(vote.expired()).isEmpty();
        vote.onCopy(C, OLD, DUE);

        assertThat(vote.isComplete()).isTrue();
        assertThat(vote.expired()).contains(OLD);
    }

    @Test
    void oneClockThatIsADayAheadDecidesNothing() {
        vote.onCopy(A, OLD, DUE.plus(Duration.ofDays(1)));
        vote.onCopy(B, OLD, TOO_EARLY);
        vote.onCopy(C, OLD, TOO_EARLY);

        assertThat(vote.expired()).isEmpty();
    }

    @Test
    void norDoesOneThatAnswersTwice() {
        vote.onCopy(A, OLD, DUE);
        vote.onCopy(A, OLD, DUE);
        vote.onLost(B);
        vote.onLost(C);

        assertThat(vote.isComplete()).isTrue();
        assertThat(vote.expired()).isEmpty();
    }

    @Test
    void oneThatIsLeftOfThreeDecidesNothingEither() {
        Vote alone = new Vote(CART, List.of(A), 3, Expiry.after(Duration.ofDays(30)));

        alone.onCopy(A, OLD, DUE);

        assertThat(alone.isComplete()).isTrue();
        assertThat(alone.expired()).isEmpty();
    }

    @Test
    void aChangeThatAnyReplicaHasSeenKeepsIt() {
        Versions changed = Versions.of(version("b", MILK.clock(), WRITTEN.plusSeconds(1), Value.of("milk, bread")));
        vote.onCopy(A, OLD, DUE);
        vote.onCopy(B, OLD, DUE);
        vote.onCopy(C, changed, DUE);

        assertThat(vote.expired()).isEmpty();
    }

    @Test
    void allSiblingsMustBeThatOldAndAllOfThemGo() {
        Versions other = Versions.of(version("b", Clock.empty(), WRITTEN, Value.of("bread")));
        vote.onCopy(A, OLD, DUE);
        vote.onCopy(B, other, DUE);

        assertThat(vote.expired()).contains(OLD.merge(other));
    }

    @Test
    void whatIsDeletedAlreadyDoesNotExpireAgain() {
        Versions deleted = Versions.of(version("b", MILK.clock(), WRITTEN, null));
        vote.onCopy(A, deleted, DUE);
        vote.onCopy(B, deleted, DUE);

        assertThat(vote.expired()).isEmpty();
    }

    @Test
    void nothingGoesWhereTheApplicationSaysNever() {
        Vote never = new Vote(CART, List.of(A), 1, Expiry.never());
        never.onCopy(A, OLD, Instant.MAX);

        assertThat(never.expired()).isEmpty();
    }

    private static Version version(String node, Clock past, Instant at, @Nullable Value value) {
        return new Version(new Dot(new Actor(node, 1), 1), past, at, value);
    }
}
