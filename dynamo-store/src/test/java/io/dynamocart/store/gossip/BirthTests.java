package io.dynamocart.store.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partitioning;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a cluster begins (paper §4.8.2). */
class BirthTests {

    private static final Member A = member("a");
    private static final Member B = member("b");
    private static final Member C = member("c");
    private static final Partitioning SIXTEEN = new Partitioning.EqualShares(16);
    private static final List<String> SEEDS = List.of(A.address(), B.address());

    @Test
    void aSeedFoundsTheClusterOnceItHasMetAllOthers() {
        Birth birth = new Birth(A, SEEDS, SIXTEEN, 3);
        assertThat(birth.founded(A)).isEmpty();
        assertThat(birth.missing()).containsExactly("host-b");

        birth.onMet(B);
        assertThat(birth.founded(A)).hasValue(new MembershipHistory(new Founding(16, 3, List.of(A, B))));
        assertThat(birth.missing()).isEmpty();
    }

    @Test
    void allSeedsFoundTheSameCluster() {
        Birth atA = new Birth(A, SEEDS, SIXTEEN, 3);
        atA.onMet(B);
        Birth atB = new Birth(B, List.of(B.address(), A.address()), SIXTEEN, 3);
        atB.onMet(A);

        assertThat(atA.founded(A)).isEqualTo(atB.founded(B));
    }

    @Test
    void oneWhoIsNoSeedFoundsNothingAndIsNoFounder() {
        Birth atC = new Birth(C, SEEDS, SIXTEEN, 3);
        atC.onMet(A);
        atC.onMet(B);
        assertThat(atC.founded(C)).isEmpty();

        Birth atA = new Birth(A, SEEDS, SIXTEEN, 3);
        atA.onMet(C);
        atA.onMet(B);
        assertThat(atA.founded(A).orElseThrow().members()).containsExactly(A, B);
    }

    /** It has nobody to ask whether it founded one before, and lost its disk since. */
    @Test
    void theOnlySeedFoundsAClusterOfOneOnceNobodyHasToldItOfAnotherForFiveRounds() {
        Birth birth = new Birth(A, List.of(A.address()), SIXTEEN, 3);
        for (int round = 0; round <= 5; round++) {
            assertThat(birth.founded(A)).as("before round %d", round).isEmpty();
            birth.onRound();
        }

        assertThat(birth.founded(A).orElseThrow().members()).containsExactly(A);
    }

    private static Member member(String name) {
        return new Member(new NodeId(name), "host-" + name, "zone", 1);
    }
}
