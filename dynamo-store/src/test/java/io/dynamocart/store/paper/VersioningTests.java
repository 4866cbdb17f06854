package io.dynamocart.store.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("§4.4 Data versioning")
class VersioningTests {

    private final OneKeyCluster cluster = OneKeyCluster.of("Sx", "Sy", "Sz");

    @Nested
    @DisplayName("Figure 3 (A4.4f)")
    class Figure3 {

        private final Dot d1 = cluster.put("Sx", "D1");
        private final Dot d2 = cluster.put("Sx", "D2", cluster.read("Sx"));

        @Test
        void oneWriterReplacesItsOwnVersion() {
            assertThat(paperClock(d1, "Sx")).isEmpty();
            assertThat(paperClock(d2, "Sx")).isEqualTo("(Sx,2)");
        }

        @Test
        void twoWritersOfTheSameVersionMakeTwoBranchesThatOneWriteReconciles() {
            cluster.send("Sx", "Sy", "Sz");
            Dot d3 = cluster.put("Sy", "D3", cluster.read("Sy"));
            Dot d4 = cluster.put("Sz", "D4", cluster.read("Sz"));
            assertThat(paperClock(d3, "Sy")).isEqualTo("(Sx,2) (Sy,1)");
            assertThat(paperClock(d4, "Sz")).isEqualTo("(Sx,2) (Sz,1)");

            cluster.send("Sy", "Sx");
            cluster.send("Sz", "Sx");
            assertThat(cluster.valuesAt("Sx")).containsExactly("D3", "D4");
            Seen summary = cluster.read("Sx");
            assertThat(inThePapersForm(summary.clock())).isEqualTo("(Sx,2) (Sy,1) (Sz,1)");

            Dot d5 = cluster.put("Sx", "D5", summary);
            assertThat(paperClock(d5, "Sx")).isEqualTo("(Sx,3) (Sy,1) (Sz,1)");
            cluster.exchangeAll();
            assertThat(cluster.valuesAt("Sy")).containsExactly("D5");
        }

        @Test
        void aNodeThatHasAnAncestorOfD4DropsItAndOneThatHasD3KeepsBoth() {
            cluster.send("Sx", "Sy", "Sz");
            cluster.put("Sz", "D4", cluster.read("Sz"));
            cluster.send("Sz", "Sx");
            assertThat(cluster.valuesAt("Sx")).containsExactly("D4");

            cluster.put("Sy", "D3", cluster.read("Sy"));
            cluster.send("Sz", "Sy");
            assertThat(cluster.valuesAt("Sy")).containsExactly("D3", "D4");
        }
    }

    /** §4.4. */
    @Test
    void anAddToAnOldCartNeitherFailsNorReplacesTheLatestOneThatCouldNotBeReached() {
        cluster.put("Sx", "milk");
        cluster.send("Sx", "Sy");
        cluster.put("Sx", "milk, bread", cluster.read("Sx"));
        cluster.put("Sy", "milk, eggs", cluster.read("Sy"));
        cluster.exchangeAll();

        assertThat(cluster.valuesAt("Sz")).containsExactly("milk, bread", "milk, eggs");
    }

    /** §4.1, §4.4. */
    @Test
    void aReadReturnsAllLeavesAndAWriteWithItsContextReplacesThemAll() {
        cluster.put("Sx", "milk");
        cluster.put("Sy", "bread");
        cluster.put("Sz", "eggs");
        cluster.exchangeAll();
        assertThat(cluster.valuesAt("Sy")).containsExactly("bread", "eggs", "milk");

        cluster.put("Sy", "bread, eggs, milk", cluster.read("Sy"));
        cluster.exchangeAll();
        assertThat(cluster.valuesAt("Sx")).containsExactly("bread, eggs, milk");
    }

    /** D7: a network that repeats and delays messages. */
    @Test
    void aCopyThatArrivesLateOrTwiceChangesNothing() {
        cluster.put("Sx", "milk");
        cluster.send("Sx", "Sy");
        Seen old = cluster.read("Sy");
        cluster.put("Sx", "milk, bread", old);
        cluster.send("Sx", "Sz");
        cluster.send("Sy", "Sz", "Sz");

        assertThat(cluster.valuesAt("Sz")).containsExactly("milk, bread");
    }

    /** D8: no failures, whichever node coordinates. */
    @Test
    void clientsThatTakeTurnsSeeOneVersion() {
        List<String> nodes = List.of("Sx", "Sy", "Sz");
        for (int i = 0; i < 30; i++) {
            String coordinator = nodes.get(i % 3);
            cluster.put(coordinator, "value " + i, cluster.read(nodes.get(i % 2)));
            cluster.send(coordinator, cluster.names());
            assertThat(cluster.valuesAt("Sx")).containsExactly("value " + i);
        }
    }

    /** D19: what a put was told to replace stays replaced though its coordinator never held it. */
    @Test
    void aClientMayChangeItsCoordinatorBetweenItsWrites() {
        Seen first = Seen.NOTHING.and(cluster.put("Sx", "one"));
        Seen second = first.and(cluster.put("Sy", "two", first));
        cluster.put("Sz", "three", second);
        cluster.exchangeAll();

        assertThat(cluster.valuesAt("Sx")).containsExactly("three");
    }

    private String paperClock(Dot dot, String node) {
        Versions copy = cluster.node(node).copy();
        return copy.list().stream()
                .filter(version -> version.dot().equals(dot))
                .map(Version::clock)
                .map(VersioningTests::inThePapersForm)
                .findFirst()
                .orElse("");
    }

    /** As pairs of a node and its highest counter. */
    private static String inThePapersForm(Clock clock) {
        return clock.actors().stream()
                .map(actor -> "(%s,%d)".formatted(actor.node(), clock.highest(actor)))
                .collect(Collectors.joining(" "));
    }
}
