package io.dynamocart.store.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.version.Dots;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("C3: deletes, which the paper has none of")
class DeletionTests {

    private final OneKeyCluster cluster = OneKeyCluster.of("A", "B", "C", "fallback");

    @BeforeEach
    void everybodyHasTheValue() {
        cluster.put("A", "milk");
        cluster.exchangeAll();
    }

    @Test
    void whereTheValueIsGoneThereIsStillAContext() {
        cluster.delete("A", cluster.read("A"));

        assertThat(cluster.valuesAt("A")).isEmpty();
        assertThat(Dots.in(cluster.read("A").clock())).hasSize(2);
    }

    @Nested
    @DisplayName("Deleted stays deleted (D10)")
    class DeletedStaysDeleted {

        @Test
        void whenAReplicaComesBackThatWasDownDuringTheDelete() {
            cluster.delete("A", cluster.read("A"));
            cluster.send("A", "B");
            cluster.exchangeAll();

            assertThat(cluster.valuesAt("C")).isEmpty();
        }

        @Test
        void whenAnOlderHintIsReplayedBehindIt() {
            cluster.delete("A", cluster.read("A"));
            cluster.send("fallback", "A");

            assertThat(cluster.valuesAt("A")).isEmpty();
        }

        @Test
        void whenABackupFromBeforeIsPutBack() {
            cluster.node("A").isBackedUp();
            cluster.delete("A", cluster.read("A"));
            cluster.send("A", "B");
            cluster.node("A").isRolledBack();
            assertThat(cluster.valuesAt("A")).containsExactly("milk");

            cluster.exchangeAll();
            assertThat(cluster.valuesAt("A")).isEmpty();
        }
    }

    @Test
    void aDeleteTakesNothingThatItsClientHadNotSeen() {
        Seen milk = cluster.read("A");
        cluster.put("B", "milk, bread", milk);
        cluster.delete("A", milk);
        cluster.exchangeAll();

        assertThat(cluster.valuesAt("C")).containsExactly("milk, bread");
    }

    @Nested
    @DisplayName("What is written after a delete survives old tombstones (D11)")
    class WrittenAfterADelete {

        @Test
        void withTheContextOfTheDelete() {
            cluster.delete("A", cluster.read("A"));
            cluster.send("A", "fallback");
            cluster.put("A", "new", cluster.read("A"));
            cluster.send("fallback", "A");

            assertThat(cluster.valuesAt("A")).containsExactly("new");
        }

        @Test
        @DisplayName("kv679_tombstone: reaped at home, kept by a fallback")
        void withATombstoneThatAFallbackKept() {
            deleteEverywhereAndReapAtHomeExcept("none");
            cluster.put("A", "new");
            cluster.send("fallback", "A");

            assertThat(cluster.valuesAt("A")).containsExactly("new");
        }

        @Test
        @DisplayName("kv679_tombstone2: reaped at home, kept by a home replica that was down")
        void withATombstoneThatACrashedHomeReplicaKept() {
            deleteEverywhereAndReapAtHomeExcept("C");
            cluster.put("A", "new");
            cluster.send("A", "B");
            cluster.send("C", "A", "B");

            assertThat(cluster.valuesAt("B")).containsExactly("new");
        }

        /** As if nobody had asked whether all have confirmed. */
        private void deleteEverywhereAndReapAtHomeExcept(String crashed) {
            cluster.delete("A", cluster.read("A"));
            cluster.exchangeAll();
            for (String home : new String[] {"A", "B", "C"}) {
                if (!home.equals(crashed)) {
                    cluster.node(home).losesTheKey();
                }
            }
        }
    }
}
