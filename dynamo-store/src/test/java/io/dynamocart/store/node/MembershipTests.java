package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.incarnation;
import static io.dynamocart.store.node.NodeScript.member;
import static io.dynamocart.store.node.NodeScript.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.StoreException;
import io.dynamocart.store.membership.Change;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.membership.PlanRefusedException;
import io.dynamocart.store.message.Message.Gossip;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Refused;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How node a, one of the seeds a and b, comes to know its cluster (paper §4.8). */
class MembershipTests {

    private static final MembershipHistory NOTHING = MembershipHistory.empty();
    private static final MembershipHistory OF_TWO = history(256, 3, "a", "b");

    private final NodeScript a = NodeScript.withHistory(NOTHING);

    @Test
    void looksForTheSeedsAndSaysWhomItWaitsFor() {
        assertThat(a.links).containsExactly("host-b");
        assertThat(a.node.isReady()).isFalse();
        assertThat(a.node.obstacle()).isEqualTo("the cluster is not born yet: waiting for the seeds [host-b]");
    }

    @Test
    void introducesItselfToWhomeverItReaches() {
        a.linkUp("b").linkUp("c");

        assertThat(a.gossipedWith).containsExactly("b", "c");
    }

    @Test
    void foundsTheClusterOnceItHasMetAllSeedsAndTakesPartOnceThatIsOnDisk() {
        a.linkUp("b").receive("b", new Gossip(member("b"), false, NOTHING));
        assertThat(problem(a.replicas(), StoreException.NotReady.class)).hasMessage("the cluster is being born");

        a.settle();
        assertThat(a.node.history()).isEqualTo(OF_TWO);
        assertThat(a.events).contains(new NodeEvent.MembershipLearned(OF_TWO, true));
        assertThat(a.node.isReady()).isTrue();
        assertThat(a.node.obstacle()).isEmpty();
    }

    @Test
    void takesAClusterThatItMeetsInsteadOfFoundingOne() {
        MembershipHistory older = history(16, 3, "b", "c");
        a.linkUp("c").receive("c", new Gossip(member("c"), false, older));
        a.receive("b", new Gossip(member("b"), false, NOTHING)).settle();

        assertThat(a.node.history()).isEqualTo(older);
        assertThat(a.links).contains("host-c");
    }

    /** It may have founded one before, and lost its disk; whoever belongs to that one calls it within seconds. */
    @Test
    void theOnlySeedWaitsForFiveSecondsForNewsOfACluster() {
        NodeScript only = NodeScript.onlySeed();
        assertThat(only.at(4_999).settle().node.obstacle()).isEqualTo("the cluster is being born");

        assertThat(only.at(5_000).settle().node.history().members()).containsExactly(member("a"));
    }

    /** As whoever forgets the seeds has one: such a node would take requests, and could serve none of them. */
    @Test
    void aClusterWithFewerMembersThanAWriteNeedsIsNotReadyAndIsToldOfOnce() {
        String tooFew = "this cluster has 1 member, and writes need 2: start the others, or correct dynamo.store.seeds";
        NodeScript only = NodeScript.onlySeed();

        only.at(60_000).settle();
        assertThat(only.node.isReady()).isFalse();
        assertThat(only.node.obstacle()).isEqualTo(tooFew);
        assertThat(only.events)
                .filteredOn(NodeEvent.TooFewMembers.class::isInstance)
                .containsExactly(new NodeEvent.TooFewMembers(1, tooFew));
    }

    @Test
    void aClusterThatBeginsWithOneMemberIsReadyOnceASecondHasJoined() {
        NodeScript only = NodeScript.onlySeed();
        only.at(5_000).settle().linkUp("b");

        only.receive("b", new Gossip(member("b"), true, only.node.history()));
        only.at(10_000).settle();

        assertThat(only.node.history().members()).containsExactly(member("a"), member("b"));
        assertThat(only.node.isReady()).isTrue();
        assertThat(only.node.obstacle()).isEmpty();
    }

    @Test
    void theOnlySeedFoundsNothingWhileWhatItWasToldIsOnItsWayToTheDisk() {
        NodeScript only = NodeScript.onlySeed();
        MembershipHistory older = history(256, 3, "a", "b");
        only.linkUp("b").receive("b", new Gossip(member("b"), false, older));

        assertThat(only.at(10_000).settle().node.history()).isEqualTo(older);
    }

    @Test
    void startsWithWhatItKeptFromBefore() {
        NodeScript again = NodeScript.withHistory(OF_TWO);

        assertThat(again.events).containsExactly(new NodeEvent.MembershipLearned(OF_TWO, true));
        assertThat(again.node.obstacle()).contains("no links to the others yet");
        assertThat(again.linkUp("b").node.isReady()).isTrue();
    }

    @Test
    void answersForItsRingAfterFiveSecondsEvenIfItReachesNobody() {
        NodeScript alone = NodeScript.withHistory(OF_TWO);
        assertThat(alone.at(4_999).node.isReady()).isFalse();

        assertThat(alone.at(5_000).node.isReady()).isTrue();
    }

    @Test
    void tellsOnePeerEverySecondAllThatItKnows() {
        a.linkUp("b").linkUp("c");
        a.gossipedWith.clear();
        a.at(10_000);

        assertThat(a.gossipedWith).hasSize(11).contains("b", "c").containsOnly("b", "c");
    }

    /** So everybody hears of it within as many rounds, and does not take it for gone. */
    @Test
    void tellsEverybodyInTurn() {
        a.linkUp("b").linkUp("c").linkUp("d").linkUp("e");
        a.gossipedWith.clear();
        a.at(11_000);

        assertThat(a.gossipedWith).hasSize(12);
        for (int first = 0; first <= 8; first++) {
            assertThat(a.gossipedWith.subList(first, first + 4)).containsExactlyInAnyOrder("b", "c", "d", "e");
        }
    }

    @Test
    void tellsNobodyWhenNobodyIsThere() {
        a.linkUp("b").linkDown("b");
        a.gossipedWith.clear();

        assertThat(a.at(5_000).gossipedWith).isEmpty();
    }

    @Test
    void tellsWhoKnowsLessAtOnceAndWhoKnowsTheSameNothing() {
        NodeScript member = NodeScript.withHistory(OF_TWO);
        member.receive("b", new Gossip(member("b"), false, OF_TWO));
        assertThat(member.gossipedWith).isEmpty();

        member.receive("c", new Gossip(member("c"), false, NOTHING));
        assertThat(member.gossipedWith).containsExactly("c");
    }

    /** Who is writing down what it was told says until then what it said before, and so may this node. */
    @Test
    void tellsWhoSaysTheSameAgainNothingNewBeforeTheNextRound() {
        NodeScript one = NodeScript.amongThree();
        Gossip same = new Gossip(member("b"), false, one.node.history());
        one.node.forceRemove(NodeScript.nodes("c").getFirst());
        one.settle().gossipedWith.clear();

        one.receive("b", same).receive("b", same).receive("b", same);
        assertThat(one.gossipedWith).containsExactly("b");

        one.linkDown("c").at(1_000).gossipedWith.clear();
        one.receive("b", same).receive("b", same);
        assertThat(one.gossipedWith).as("it may have been lost").containsExactly("b");
    }

    @Test
    void tellsWhoSaysTheSameAgainWhatItHasLearntSince() {
        NodeScript one = NodeScript.amongThree();
        Gossip same = new Gossip(member("b"), false, one.node.history());
        one.node.forceRemove(NodeScript.nodes("c").getFirst());
        one.settle().receive("b", same);
        one.receive("x", new Gossip(member("x"), false, history(16, 3, "x")));
        one.gossipedWith.clear();
        assertThat(one.receive("b", same).gossipedWith).isEmpty();

        one.settle().receive("b", same);
        assertThat(one.gossipedWith).containsExactly("b");
    }

    @Test
    void tellsWhoHasAskedByAnotherRingOnceARound() {
        MembershipHistory ofFour = history(16, 3, "a", "b", "c", "d");
        Key elsewhere = IntStream.range(0, 100)
                .mapToObj(i -> Key.of("cart-" + i))
                .filter(key -> !ofFour.ring().orElseThrow().preferenceList(key).isHome(new NodeId("a")))
                .findFirst()
                .orElseThrow();
        NodeScript one = NodeScript.withHistory(ofFour).linkUp("b");
        one.gossipedWith.clear();

        one.receive("b", new ReplicaGet(7, elsewhere)).receive("b", new ReplicaGet(8, elsewhere));

        assertThat(one.sent("b", Refused.class).why()).isEqualTo(Refusal.NOT_HOME);
        assertThat(one.gossipedWith).containsExactly("b");
    }

    /** It may be another process, which has heard nothing yet. */
    @Test
    void tellsAPeerWhoseLinkWasDownAsIfForTheFirstTime() {
        NodeScript one = NodeScript.amongThree();
        Gossip nothing = new Gossip(member("b"), false, NOTHING);
        one.receive("b", nothing).linkDown("b").linkUp("b").gossipedWith.clear();

        one.receive("b", nothing);
        assertThat(one.gossipedWith).containsExactly("b");
    }

    @Test
    void takesInTheNodesOfAClusterThatWasFoundedApart() {
        NodeScript member = NodeScript.withHistory(OF_TWO);
        member.receive("x", new Gossip(member("x"), false, history(16, 3, "x"))).settle();

        assertThat(member.node.history().founding()).isEqualTo(OF_TWO.founding());
        assertThat(member.node.history().strangers()).containsExactly(member("x"));
        member.at(1_000).settle();
        assertThat(member.node.history().members()).containsExactly(member("a"), member("b"), member("x"));
    }

    /** Else the two would talk as fast as the network carries it, and for ever. */
    @Test
    void hasNoQuarrelWithANodeOfAClusterWithAnotherN() {
        NodeScript member = NodeScript.withHistory(OF_TWO);
        member.receive("x", new Gossip(member("x"), false, history(256, 2, "x", "y")));

        member.receive("x", new Gossip(member("x"), false, history(256, 2, "x", "y")));

        assertThat(member.gossipedWith).isEmpty();
        assertThat(member.node.history()).isEqualTo(OF_TWO);
        assertThat(member.events)
                .filteredOn(NodeEvent.Misconfigured.class::isInstance)
                .as("it is told, once")
                .singleElement()
                .asString()
                .contains("x is of another cluster", "256 partitions by [x, y]", "dynamo.store.n");
    }

    @Test
    void takesNoPartInAClusterWithAnotherN() {
        a.linkUp("b").receive("b", new Gossip(member("b"), false, history(16, 2, "b")));
        a.settle();

        assertThat(a.events).contains(new NodeEvent.Misconfigured(a.node.obstacle()));
        assertThat(a.node.obstacle()).contains("N=3", "founded with N=2", "dynamo.store.n");
        assertThat(problem(a.replicas(), StoreException.NotReady.class)).hasMessage(a.node.obstacle());
    }

    @Test
    void withoutARingItRefusesWhatPeersAskAndSaysWhy() {
        a.linkUp("b").receive("b", new ReplicaGet(7, NodeScript.KEY));

        assertThat(a.sent("b", Refused.class)).isEqualTo(new Refused(7, Refusal.NOT_READY, a.node.obstacle()));
    }

    @Test
    void whoeverWaitsForAStatementIsToldOnceItIsOnDisk() {
        NodeScript one = NodeScript.amongThree().settle();
        List<MembershipHistory> seen = new ArrayList<>();
        one.node.forceRemove(NodeScript.nodes("c").getFirst());
        one.node.whenDurable(() -> seen.add(one.node.history()));
        assertThat(seen).isEmpty();
        assertThat(one.node.history().members()).contains(member("c"));

        one.settle();
        assertThat(seen)
                .hasSize(1)
                .allSatisfy(history -> assertThat(history.members()).doesNotContain(member("c")));
        one.node.whenDurable(() -> seen.add(one.node.history()));
        assertThat(seen).as("nothing is to be written any more").hasSize(2);
    }

    /** Else it would go on answering by the ring that it was on. */
    @Test
    void learnsThatItWasRemovedAlsoWhereItsDiskCannotBeRead() {
        NodeScript one = NodeScript.amongThree().cannotRead();
        for (int now = 0; now <= 60_000; now += 100) {
            one.at(now).settle();
        }
        assertThat(one.node.reports().disk()).isInstanceOf(DiskState.Failed.class);

        MembershipHistory removed = one.node.history().forceRemove(incarnation("b"), incarnation("a"));
        one.receive("b", new Gossip(member("b"), false, removed)).settle();

        assertThat(one.node.isReady()).isFalse();
        assertThat(one.node.obstacle()).contains("has left the cluster");
    }

    @Test
    void saysThatItsSettingsAreOtherThanTheRing() {
        Member now = new Member(member("a").id(), "host-a", "elsewhere", 2);
        NodeScript changed = NodeScript.amongThree(now);

        assertThat(changed.events).contains(new NodeEvent.OtherThanOnRing(now, member("a")));
        assertThat(changed.node.history().members()).contains(member("a"));
        assertThat(changed.node.reports().otherThanOnRing()).containsExactly(now);
        assertThat(changed.node
                        .plan(List.of(new RequestedChange.Alter(now.id())))
                        .changes())
                .containsExactly(new Change.Alter(now));
    }

    @Test
    void doesNotLookForItselfWhereItIsOnTheRing() {
        NodeScript moved = NodeScript.amongThree(new Member(member("a").id(), "host-z", "zone", 1));

        assertThat(moved.links)
                .as("as one of the seeds, and no more")
                .containsOnlyOnce("host-a")
                .contains("host-c");
    }

    /** Seeds are names that may lead to somebody else tomorrow, and a member may come back at any time. */
    @Test
    void looksForMembersAndSeedsForEverAndForOthersOnlyWhileTheyAreHeard() {
        NodeScript one = NodeScript.amongThree();
        one.receive("d", new Gossip(member("d"), false, one.node.history()));
        assertThat(one.links).contains("host-d");
        assertThat(one.at(5_000).settle().unlinks).isEmpty();

        assertThat(one.at(20_000).settle().unlinks).containsExactly("host-d");
        one.receive("d", new Gossip(member("d"), false, one.node.history()));
        assertThat(one.links)
                .as("as soon as it is heard again")
                .filteredOn("host-d"::equals)
                .hasSize(2);
    }

    @Test
    void looksForAMemberThatHasMovedOnlyWhereItIsNow() {
        NodeScript one = NodeScript.amongThree();
        Member moved = new Member(member("c").id(), "host-z", "zone", 1);
        one.receive("c", new Gossip(moved, false, one.node.history()));
        assertThat(one.at(2_000).settle().unlinks).as("so it is on the ring").isEmpty();

        Plan alter = one.node.history().plan(incarnation("b"), List.of(new Change.Alter(moved)));
        MembershipHistory altered = NodeScript.nodes("a", "b", "c").stream()
                .map(node -> incarnation(node.name()))
                .reduce(one.node.history().propose(alter), MembershipHistory::stored, MembershipHistory::merge);
        one.receive("c", new Gossip(moved, false, altered)).settle();
        assertThat(one.node.history().members()).contains(moved).doesNotContain(member("c"));

        assertThat(one.at(20_000).settle().unlinks).containsExactly("host-c");
    }

    @Test
    void altersAMemberToWhatItLastSaidOfItself() {
        NodeScript one = NodeScript.amongThree();
        Member now = new Member(member("b").id(), "host-b", "elsewhere", 2);
        RequestedChange alter = new RequestedChange.Alter(now.id());
        assertRefused(one, alter, "b is not known here: start it");

        one.receive("b", new Gossip(member("b"), false, one.node.history()));
        assertRefused(one, alter, "b is on the ring as its settings say");

        one.receive("b", new Gossip(now.incarnated(7), false, one.node.history()));
        assertRefused(one, alter, "which is no member yet");
        assertThat(one.node.reports().otherThanOnRing()).isEmpty();

        one.receive("b", new Gossip(now, false, one.node.history()));
        assertThat(one.node.reports().otherThanOnRing()).containsExactly(now);
        one.node.commit(one.node.plan(List.of(alter)));
        assertThat(one.settle().node.history().progress().orElseThrow().plan().changes())
                .containsExactly(new Change.Alter(now));
        assertRefused(NodeScript.amongThree(), new RequestedChange.Alter(new NodeId("d")), "d is no member");
    }

    @Test
    void saysNoMoreThatItDiffersWhereThatIsBeingChanged() {
        Member now = new Member(member("a").id(), "host-a", "elsewhere", 2);
        NodeScript changed = NodeScript.amongThree(now);
        changed.events.clear();

        changed.node.commit(changed.node.plan(List.of(new RequestedChange.Alter(now.id()))));
        changed.settle();

        assertThat(changed.node.reports().otherThanOnRing()).isEmpty();
        assertThat(changed.events).hasOnlyElementsOfType(NodeEvent.MembershipLearned.class);
    }

    /** Else one that has just been restarted takes a second process of the name for the successor of the first. */
    @Test
    void givesMembersTimeToBeHeardOfSinceItsOwnStart() {
        NodeScript one = NodeScript.amongThree();
        one.receive("b", new Gossip(member("b").incarnated(7), false, one.node.history()));

        assertThat(one.at(5_000).settle().node.history().progress()).isEmpty();
        assertThat(one.at(10_000)
                        .settle()
                        .node
                        .history()
                        .progress()
                        .orElseThrow()
                        .plan()
                        .changes())
                .containsExactly(new Change.Replace(
                        member("b").incarnation(), member("b").incarnated(7)));
    }

    /** Those that have left and still run, and those that wait to be taken in, have their turns like members. */
    @Test
    void givesMembersTimeToTellAllOthersThatItKnowsOf() {
        NodeScript one = NodeScript.amongThree();
        for (String other : List.of("d", "e", "f", "g", "h", "i")) {
            one.receive(other, new Gossip(member(other), false, one.node.history()));
        }
        one.receive("b", new Gossip(member("b"), false, one.node.history()));
        one.receive("b", new Gossip(member("b").incarnated(7), false, one.node.history()));

        assertThat(one.at(8_000).settle().node.history().progress())
                .as("while b tells the other seven")
                .isEmpty();
        assertThat(one.at(20_000).settle().node.history().progress())
                .as("once b has been silent for twice as long")
                .isPresent();
    }

    private static void assertRefused(NodeScript at, RequestedChange request, String why) {
        assertThatThrownBy(() -> at.node.plan(List.of(request)))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining(why);
    }

    private static MembershipHistory history(int partitions, int homes, String... names) {
        return new MembershipHistory(new Founding(
                partitions,
                homes,
                List.of(names).stream().map(NodeScript::member).toList()));
    }
}
