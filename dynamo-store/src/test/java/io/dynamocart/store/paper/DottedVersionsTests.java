package io.dynamocart.store.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C1: one clock entry per server is not enough")
class DottedVersionsTests {

    private final OneKeyCluster cluster = OneKeyCluster.of("a", "b");

    /** The paper's clocks would be (a,2) and (a,3), the second of which seems to descend from the first. */
    @Test
    void aWriterThroughTheSameServerReplacesOnlyWhatItHadSeen() {
        cluster.put("a", "milk");
        Seen both = cluster.read("a");
        cluster.put("a", "milk, bread", both);
        cluster.put("a", "milk, eggs", both);

        assertThat(cluster.valuesAt("a")).containsExactly("milk, bread", "milk, eggs");
    }

    /** sibling_explosion: with one clock for all siblings of a server it would be a hundred (D8). */
    @Test
    void twoInterleavedWritersNeverMakeMoreThanTwoVersions() {
        Seen alice = Seen.NOTHING;
        Seen bob = Seen.NOTHING;
        for (int i = 1; i <= 50; i++) {
            alice = alice.and(cluster.put("a", "alice " + i, alice));
            bob = bob.and(cluster.put("a", "bob " + i, bob));

            assertThat(cluster.valuesAt("a")).containsExactly("alice " + i, "bob " + i);
        }
    }

    @Test
    void norThroughTwoServersThatExchangeTheirCopiesNowAndThen() {
        Seen alice = Seen.NOTHING;
        Seen bob = Seen.NOTHING;
        for (int i = 1; i <= 50; i++) {
            alice = alice.and(cluster.put(i % 2 == 0 ? "a" : "b", "alice " + i, alice));
            bob = bob.and(cluster.put(i % 3 == 0 ? "a" : "b", "bob " + i, bob));
            if (i % 5 == 0) {
                cluster.exchangeAll();
                assertThat(cluster.valuesAt("a")).containsExactly("alice " + i, "bob " + i);
            }
        }
    }

    @Test
    void theContextOfAPutCoversNothingThatItsClientWasNotShown() {
        Dot bobs = cluster.put("a", "bread");
        Dot alices = cluster.put("a", "milk");
        Context afterAlicesPut = Context.none(OneKeyNode.KEY).after(alices);

        assertThat(afterAlicesPut.clock().contains(alices)).isTrue();
        assertThat(afterAlicesPut.clock().contains(bobs)).isFalse();
        cluster.put("a", "milk, eggs", Seen.NOTHING.and(alices));
        assertThat(cluster.valuesAt("a")).containsExactly("bread", "milk, eggs");
    }

    /** C8: a gap in what was seen stays a gap. */
    @Test
    void whoHasSeenTheThirdWriteOfAServerHasNotSeenTheSecond() {
        cluster.put("a", "one");
        cluster.put("a", "two");
        Dot third = cluster.put("a", "three");
        cluster.put("b", "four", Seen.NOTHING.and(third));
        cluster.exchangeAll();

        assertThat(cluster.valuesAt("a")).containsExactly("four", "one", "two");
    }
}
