package io.dynamocart.store.membership;

import static io.dynamocart.store.membership.Town.member;
import static io.dynamocart.store.membership.Town.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.membership.Change.ForceRemove;
import io.dynamocart.store.membership.Change.Join;
import io.dynamocart.store.membership.Change.Leave;
import io.dynamocart.store.membership.Change.Replace;
import io.dynamocart.store.ring.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/invariants.md D17 and D18. Time of issue orders nothing here: no method takes a clock. */
class MembershipConvergenceTests {

    private final Town town = Town.founded(new Founding(16, 3, Town.members("abc")));

    @Test
    void d17AJoinAndALeaveOnTwoSidesOfASplitBecomeOneRing() {
        town.propose("a", new Join(member("d")));
        town.propose("b", new Leave(node("c")));
        town.tell("a", "d");
        town.carryOut("abcd");

        assertOneHistory("abcd");
        assertThat(town.at("a").members()).as("the plan of a came first").hasSize(4);
        town.propose("b", new Leave(node("c")));
        town.carryOut("abcd");
        assertOneHistory("abcd");
        assertThat(town.ringAt("a").nodes()).containsExactly(id("a"), id("b"), id("d"));
    }

    @Test
    void d17OfTwoJoinsThatTakeTheSamePartitionsOneIsVoid() {
        town.propose("a", new Join(member("e")));
        town.propose("b", new Join(member("d")));
        town.carryOut("abcde");

        assertOneHistory("abcde");
        assertThat(town.ringAt("d").nodes()).containsExactly(id("a"), id("b"), id("c"), id("e"));
        assertThat(town.at("d").isMember(node("d"))).isFalse();
    }

    @Test
    void d17AHistoryThatSleptUndoesNothing() {
        MembershipHistory asleep = town.at("b");
        town.propose("a", new Join(member("d")));
        town.carryOut("abcd");
        town.propose("a", new Leave(node("c")));
        town.carryOut("abcd");

        assertThat(town.at("a").merge(asleep)).isEqualTo(town.at("a"));
        assertThat(asleep.merge(town.at("a"))).isEqualTo(town.at("a"));
    }

    @Test
    void d17ARemovedNodeNeverReturnsByItself() {
        town.propose("a", new ForceRemove(node("c")));
        town.carryOut("ab");
        town.write(node("c"), propose(town.at("c"), new Join(member("d"))));
        town.gossip("abc");

        assertOneHistory("abc");
        assertThat(town.ringAt("c").nodes()).containsExactly(id("a"), id("b"));
        assertThatThrownBy(() -> town.propose("a", new Join(member("c"))))
                .hasMessage("c#1 was removed: only another incarnation of it can be a member");
        assertThatThrownBy(() -> town.propose("c", new Join(member("c")))).hasMessageContaining("is no member");
    }

    @Test
    void d17ANodeThatComesBackHasANewIncarnation() {
        Member again = member("c").incarnated(2);
        town.propose("a", new Leave(node("c")));
        town.carryOut("abc");
        town.propose("a", new Join(again));
        town.gossip(List.of(node("a"), node("b"), again.incarnation()));
        town.takeOverAll(again.incarnation());
        town.gossip(List.of(node("a"), node("b"), node("c"), again.incarnation()));

        assertThat(town.at("b").members()).contains(again);
        assertThat(town.at("c").isGone(node("c"))).isTrue();
        assertThat(town.at("c").isGone(again.incarnation())).isFalse();
    }

    @Test
    void d17AWipedNodeIsNoMemberUntilItReplacesItself() {
        Member wiped = member("c").incarnated(2);
        town.tell(node("a"), wiped.incarnation());
        assertThat(town.at(wiped.incarnation()).isMember(wiped.incarnation())).isFalse();

        town.propose("a", new Replace(node("c"), wiped));
        List<Incarnation> living = List.of(node("a"), node("b"), wiped.incarnation());
        town.gossip(living);
        assertThat(town.ringAt("a").preferenceLists())
                .as("it gets every write, and answers for nothing before it has everything again")
                .allMatch(list -> !list.isHome(id("c")) && list.joining().equals(List.of(id("c"))));

        town.takeOverAll(wiped.incarnation());
        town.gossip(living);
        assertThat(town.ringAt("a"))
                .isEqualTo(new Founding(16, 3, Town.members("abc")).layout().ring());
        assertThat(town.at("b").isMember(wiped.incarnation())).isTrue();
    }

    @Test
    void d18ClustersFoundedApartBecomeOneWhenTheyMeet() {
        Town apart = Town.founded(new Founding(16, 2, Town.members("a")));
        apart.write(node("b"), new MembershipHistory(new Founding(32, 2, Town.members("b"))));
        apart.gossip("ab");

        assertThat(apart.at("a")).isEqualTo(apart.at("b"));
        assertThat(apart.at("a").founding()).hasValue(new Founding(16, 2, Town.members("a")));
        assertThat(apart.at("a").strangers()).containsExactly(member("b"));
        apart.propose("a", apart.at("a").due().toArray(Change[]::new));
        apart.carryOut("ab");

        assertThat(apart.at("a")).isEqualTo(apart.at("b"));
        assertThat(apart.ringAt("b").nodes()).containsExactly(id("a"), id("b"));
        assertThat(apart.at("b").due()).isEmpty();
    }

    @Test
    void d18TheClusterOfMoreFoundersTakesInTheOther() {
        town.write(node("A"), new MembershipHistory(new Founding(16, 3, Town.members("AB"))));
        town.write(node("B"), town.at("A"));
        town.propose("A", new Leave(node("B")));
        town.gossip("AB");
        town.gossip("abcAB");

        assertThat(town.at("A").founding().orElseThrow().members()).hasSize(3);
        assertThat(town.at("A").strangers()).as("B has left").containsExactly(member("A"));
    }

    @Test
    void d18ANodeOfTheSameNameInTheOtherClusterIsNotTakenIn() {
        town.write(
                node("z"),
                new MembershipHistory(new Founding(16, 3, List.of(member("a").incarnated(9)))));
        town.gossip("abcz");

        assertThat(town.at("b").strangers()).isEmpty();
        assertThat(town.at("z").members()).isEqualTo(Town.members("abc"));
    }

    private static MembershipHistory propose(MembershipHistory history, Change change) {
        return history.propose(history.plan(node("c"), List.of(change)));
    }

    private void assertOneHistory(String names) {
        assertThat(Town.members(names).stream()
                        .map(member -> town.at(member.incarnation()))
                        .distinct())
                .hasSize(1);
    }

    private static NodeId id(String name) {
        return new NodeId(name);
    }
}
