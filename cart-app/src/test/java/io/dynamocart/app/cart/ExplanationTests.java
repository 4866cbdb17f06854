package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.app.cart.Fate.Rule;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For each entry: which version brought it in, which rule kept or dropped it, and by which versions. */
class ExplanationTests {

    private final Side before = Side.called("left").add("apple", 5);
    private final Side left = before.add("pear", 1);
    private final Side right = before.splitOff("right").add("plum", 1);

    @Test
    void whatEveryVersionHoldsIsKept() {
        Fate apple = fate("observed-remove", "apple", left, right);

        assertThat(apple.rule()).isEqualTo(Rule.IN_EVERY_VERSION);
        assertThat(apple.heldBy()).containsExactly(dot(left), dot(right));
        assertThat(apple.entry().births()).containsExactly(dot(before));
    }

    @Test
    void whatTheOthersNeverSawIsKept() {
        Fate pear = fate("observed-remove", "pear", left, right);

        assertThat(pear.rule()).isEqualTo(Rule.UNKNOWN_TO_OTHERS);
        assertThat(pear.heldBy()).containsExactly(dot(left));
        assertThat(pear.decidedBy()).containsExactly(dot(right));
        assertThat(pear.entry().births()).containsExactly(dot(left));
    }

    @Test
    void whatAVersionRemembersAsRemovedIsDropped() {
        Side removed = right.remove("apple");
        Fate apple = fate("observed-remove", "apple", left, removed);

        assertThat(apple.rule()).isEqualTo(Rule.REMEMBERED_AS_REMOVED);
        assertThat(apple.decidedBy()).containsExactly(dot(removed));
    }

    @Test
    void whatAVersionHasSeenAndDoesNotHoldIsDroppedThoughItsIdentityIsForgotten() {
        Dot dot = new Dot(new Actor("right", 1), 9);
        Clock past = Clock.of(dot(before));
        CartVersion forgetful = new CartVersion(dot, past, before.clock(), CartState.empty());
        Merge merge = new ObservedRemove().merge(List.of(left.versions().getFirst(), forgetful));

        Fate apple = fateOf("apple", merge);
        assertThat(apple.rule()).isEqualTo(Rule.REMOVED);
        assertThat(apple.decidedBy()).containsExactly(dot);
        assertThat(merge.state().lines()).extracting(Line::item).containsExactly(new ItemId("pear"));
    }

    @Test
    void anOperationTriedOnBothSidesNamesBothVersionsThatBroughtItIn() {
        Side here = before.addWithKey("key", "cherry", 2);
        Side there = before.splitOff("right").addWithKey("key", "cherry", 2);

        assertThat(fate("observed-remove", "cherry", here, there).entry().births())
                .containsExactly(dot(here), dot(there));
    }

    @Test
    void theUnionOfThePaperKeepsWhatWasRemoved() {
        Fate apple = fate("paper-union", "apple", left, right.remove("apple"));

        assertThat(apple.rule()).isEqualTo(Rule.IN_THE_UNION);
        assertThat(apple.heldBy()).containsExactly(dot(left));
    }

    @Test
    void theLastWriterDecidesAboutEverything() {
        Side later = right.withClock("11:00:00").add("plum", 1);

        assertThat(fate("last-writer-wins", "pear", left, later).rule()).isEqualTo(Rule.NOT_IN_THE_LATEST);
        assertThat(fate("last-writer-wins", "plum", left, later).rule()).isEqualTo(Rule.IN_THE_LATEST);
        assertThat(fate("last-writer-wins", "plum", left, later).decidedBy()).containsExactly(dot(later));
    }

    @Test
    void aRuleThatKeepsAnEntryIsOneWhoseEntryIsInTheMergedCart() {
        for (MergeStrategy strategy : MergeStrategy.all()) {
            Merge merge = strategy.merge(versions(left.set("apple", 3), right.remove("apple")));

            assertThat(merge.fates())
                    .allSatisfy(fate -> assertThat(fate.rule().keeps())
                            .isEqualTo(merge.state()
                                    .entries()
                                    .containsKey(fate.entry().operation())));
        }
    }

    @Test
    void everyReplicaIsShownAndThoseThatDidNotAnswerSayWhy() {
        Explanation explanation = explain(
                new ReplicaCopy("node-1", stored(left), null),
                new ReplicaCopy("node-2", stored(right), null),
                new ReplicaCopy("node-3", null, "no answer within 1 s"));

        assertThat(explanation.copies())
                .extracting(Explanation.Copy::versions)
                .containsExactly(left.versions(), right.versions(), null);
        assertThat(explanation.copies().getLast().problem()).isEqualTo("no answer within 1 s");
        assertThat(explanation.versions()).isEqualTo(versions(left, right));
        assertThat(explanation.merge().state()).isEqualTo(left.meeting(right).cart());
    }

    @Test
    void aReplicaThatIsBehindIsShownAndHasNoSayInTheMerge() {
        Explanation explanation =
                explain(new ReplicaCopy("node-1", stored(before), null), new ReplicaCopy("node-2", stored(left), null));

        assertThat(explanation.copies().getFirst().versions()).isEqualTo(before.versions());
        assertThat(explanation.versions()).isEqualTo(left.versions());
        assertThat(explanation.merge().fates()).extracting(Fate::rule).containsOnly(Rule.IN_EVERY_VERSION);
    }

    private static Explanation explain(ReplicaCopy... copies) {
        return Explanation.of(Side.CART, List.of(copies), new VersionReader(), new ObservedRemove());
    }

    private static Fate fate(String strategy, String item, Side... sides) {
        return fateOf(item, MergeStrategy.named(strategy).merge(versions(sides)));
    }

    private static Fate fateOf(String item, Merge merge) {
        return merge.fates().stream()
                .filter(fate -> fate.entry().item().name().equals(item))
                .findFirst()
                .orElseThrow();
    }

    private static List<CartVersion> versions(Side... sides) {
        return List.of(sides).stream().flatMap(side -> side.versions().stream()).toList();
    }

    private static Dot dot(Side side) {
        return side.versions().getFirst().dot();
    }

    private static Versions stored(Side side) {
        return Versions.of(side.versions().stream()
                .map(version -> new Version(
                        version.dot(),
                        version.past(),
                        version.writtenAt(),
                        CartCodec.encode(Side.CART, version.state())))
                .toArray(Version[]::new));
    }
}
