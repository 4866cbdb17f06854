package io.dynamocart.store.paper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A node that forgot what it wrote must not give the same names again, or its next write is taken for an old one and
 * dropped everywhere. Every put checks that its dot is new.
 */
@DisplayName("C2: amnesia, the family of riak_kv#679")
class AmnesiaTests {

    private final OneKeyCluster cluster = OneKeyCluster.of("A", "B", "C", "D", "E");

    @AfterEach
    void whatNobodyReplacedIsEverywhere() {
        cluster.exchangeAll();
        for (String node : cluster.names()) {
            assertThat(cluster.dotsAt(node)).as("at %s", node).isEqualTo(cluster.expected());
        }
    }

    @Test
    @DisplayName("kv679_dataloss: a key lost at its coordinator (D2)")
    void aKeyLostAtItsCoordinator() {
        writeTwiceAtA();
        cluster.node("A").losesTheKey();
        cluster.put("A", "new");
        readRepair("A", "B");

        assertThat(cluster.valuesAt("A")).containsExactly("new", "two");
    }

    @Test
    @DisplayName("a wiped disk under the same name (D2)")
    void aWipedDiskUnderTheSameName() {
        writeTwiceAtA();
        cluster.node("A").isWiped();
        cluster.put("A", "new");
        readRepair("A", "B");

        assertThat(cluster.valuesAt("B")).containsExactly("new", "two");
    }

    @Test
    @DisplayName("kv679_dataloss_fb: what comes back from the stand-ins is not the latest (D3)")
    void whatComesBackFromTheStandInsIsNotTheLatest() {
        cluster.put("A", "one");
        cluster.send("A", "D", "E");
        cluster.put("A", "two", cluster.read("A"));
        cluster.put("A", "three", cluster.read("A"));
        cluster.send("A", "B", "C");
        cluster.node("A").losesTheKey();
        cluster.send("D", "A");
        cluster.put("A", "new", cluster.read("A"));
        readRepair("A", "B");

        assertThat(cluster.valuesAt("A")).containsExactly("new", "three");
    }

    @Test
    @DisplayName("kv679_dataloss_fb2: the key is lost during a handoff, and a late hint follows (D3)")
    void aLateHintDoesNotReplaceWhatWasWrittenAfterTheLoss() {
        cluster.put("A", "one");
        cluster.send("A", "D");
        cluster.put("A", "two", cluster.read("A"));
        cluster.put("A", "three", cluster.read("A"));
        cluster.send("A", "E");
        cluster.node("A").losesTheKey();
        cluster.send("D", "A");
        cluster.put("A", "new", cluster.read("A"));
        cluster.send("E", "A");

        assertThat(cluster.valuesAt("A")).containsExactly("new", "three");
    }

    @Test
    @DisplayName("found, but never written by this node as far as it knows (D3b)")
    void aCopyWithoutAnEntryOfItsOwnDoesNotTellANodeThatItNeverWrote() {
        cluster.put("B", "older");
        cluster.put("A", "one");
        cluster.send("A", "D");
        cluster.node("A").losesTheKey();
        cluster.send("B", "A");
        cluster.put("A", "new");
        cluster.send("D", "A");

        assertThat(cluster.valuesAt("A")).containsExactly("new", "older", "one");
    }

    @Test
    @DisplayName("a store rolled back to a backup, or to its last sync (D4)")
    void aStoreRolledBack() {
        cluster.put("A", "one");
        cluster.node("A").isBackedUp();
        cluster.put("A", "two", cluster.read("A"));
        cluster.send("A", "B");
        cluster.node("A").isRolledBack();
        cluster.put("A", "new", cluster.read("A"));
        readRepair("A", "B");

        assertThat(cluster.valuesAt("B")).containsExactly("new", "two");
    }

    @Test
    @DisplayName("rolled back twice to the same backup (D4)")
    void aStoreRolledBackTwice() {
        cluster.put("A", "one");
        cluster.node("A").isBackedUp();
        for (String value : new String[] {"first try", "second try"}) {
            cluster.node("A").isRolledBack();
            cluster.put("A", value, cluster.read("A"));
            cluster.send("A", "B");
        }

        assertThat(cluster.valuesAt("B")).containsExactly("first try", "second try");
    }

    @Test
    void anotherStartOnAnIntactDiskIsAnotherActorToo() {
        writeTwiceAtA();
        cluster.node("A").restart();
        cluster.put("A", "three", cluster.read("A"));

        assertThat(cluster.valuesAt("A")).containsExactly("three");
        assertThat(cluster.read("A").clock().actors()).hasSize(2);
    }

    private void writeTwiceAtA() {
        cluster.put("A", "one");
        cluster.put("A", "two", cluster.read("A"));
        cluster.send("A", "B");
    }

    private void readRepair(String one, String other) {
        cluster.send(other, one);
        cluster.send(one, other);
    }
}
