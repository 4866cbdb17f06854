package io.dynamocart.store.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Truncation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A4.4g, C4: clocks cut to ten pairs")
class TruncationTests {

    private static final String[] NODES = {
        "n01", "n02", "n03", "n04", "n05", "n06", "n07", "n08", "n09", "n10", "n11", "n12", "away"
    };

    private final OneKeyCluster cut = new OneKeyCluster(1, new Truncation(10), NODES);
    private final OneKeyCluster exact = new OneKeyCluster(1, Truncation.off(), NODES);

    @Test
    void thePairOfTheNodeThatWroteLongestAgoIsDropped() {
        List<Dot> dots = writeAtOneNodeAfterTheOther(cut);
        Clock past = cut.node("n12").copy().list().getFirst().past();

        assertThat(past.actors()).hasSize(10);
        assertThat(past.contains(dots.getFirst())).isFalse();
        assertThat(dots.subList(1, 11))
                .allSatisfy(dot -> assertThat(past.contains(dot)).isTrue());
    }

    @Test
    void aVersionReplacedLongAgoComesBackFromANodeThatWasAway() {
        writeAtOneNodeAfterTheOther(cut);
        cut.send("away", "n12");

        assertThat(cut.valuesAt("n12")).containsExactly("by n01", "by n12");
    }

    @Test
    void whichExactPastsPrevent() {
        writeAtOneNodeAfterTheOther(exact);
        exact.send("away", "n12");

        assertThat(exact.valuesAt("n12")).containsExactly("by n12");
    }

    /** In the paper its counter would start again at 1, and its write be taken for the first. */
    @Test
    void aNodeWhoseOwnPairWasDroppedCountsOn() {
        List<Dot> dots = writeAtOneNodeAfterTheOther(cut);
        cut.send("n12", "n01");
        Dot again = cut.put("n01", "by n01 again", cut.read("n01"));
        cut.exchangeAll();

        assertThat(again).isEqualTo(new Dot(dots.getFirst().actor(), 2));
        assertThat(cut.valuesAt("n05")).contains("by n01 again");
    }

    /** What its client had seen is gone at the coordinator, though the new version cannot tell the other replicas. */
    @Test
    void theCoordinatorItselfReplacesAllThatItsClientHadSeen() {
        OneKeyCluster cutToOne = new OneKeyCluster(1, new Truncation(1), "a", "b", "c");
        cutToOne.put("a", "milk");
        cutToOne.put("b", "bread");
        cutToOne.put("c", "eggs");
        cutToOne.exchangeAll();
        cutToOne.put("a", "bread, eggs, milk", cutToOne.read("a"));
        assertThat(cutToOne.valuesAt("a")).containsExactly("bread, eggs, milk");

        cutToOne.send("a", "b");
        assertThat(cutToOne.valuesAt("b")).containsExactly("bread", "bread, eggs, milk", "milk");
    }

    /** Each replaces the version before, and one node is away after the first. */
    private static List<Dot> writeAtOneNodeAfterTheOther(OneKeyCluster cluster) {
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String node = NODES[i];
            dots.add(cluster.put(node, "by " + node, cluster.read(node)));
            cluster.send(node, i == 0 ? new String[] {"away", "n02"} : new String[] {NODES[Math.min(i + 1, 11)]});
        }
        return dots;
    }
}
