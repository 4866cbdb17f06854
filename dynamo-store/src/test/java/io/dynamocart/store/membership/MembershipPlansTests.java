package io.dynamocart.store.membership;

import static io.dynamocart.store.membership.Town.member;
import static io.dynamocart.store.membership.Town.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.membership.Change.Alter;
import io.dynamocart.store.membership.Change.ForceRemove;
import io.dynamocart.store.membership.Change.Join;
import io.dynamocart.store.membership.Change.Leave;
import io.dynamocart.store.membership.Change.Replace;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.PreferenceList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of a plan (docs/decisions/0010): shown, proposed, stored by all, carried out partition by partition. */
class MembershipPlansTests {

    private Town town = Town.founded(new Founding(16, 3, Town.members("abc")));

    @BeforeEach
    void foundACluster() {
        town = Town.founded(new Founding(16, 3, Town.members("abc")));
    }

    @Test
    void aPlanShowsWhatMovesAndChangesNothing() {
        Plan plan = town.at("a").plan(node("a"), List.of(new Join(member("d"))));

        assertThat(plan.after()).extracting(Member::id).containsExactly(id("a"), id("b"), id("c"), id("d"));
        assertThat(plan.layout().owners().stream().filter(id("d")::equals)).hasSize(4);
        assertThat(plan.moves()).allMatch(move -> move.to().equals(node("d")));
        assertThat(plan.incoming()).containsOnlyKeys(id("d")).containsValue(plan.partitionsMoved());
        assertThat(plan.outgoing().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(plan.partitionsMoved());
        assertThat(plan.partitionsMoved()).isEqualTo(12);
        assertThat(town.at("a").progress()).isEmpty();
    }

    @Test
    void plansThatAMemberShowsAreToldApartByTheirNamesAndAProposedOneKeepsItsOwn() {
        Plan join = town.at("a").plan(node("a"), List.of(new Join(member("d"))));
        Plan leave = town.at("a").plan(node("a"), List.of(new Leave(node("b"))));
        town.propose("a", new Join(member("d")));
        town.tell("a", "c");

        assertThat(join.id()).isEqualTo(leave.id());
        assertThat(join.name()).isNotEqualTo(leave.name()).startsWith("1 by a#1/");
        assertThat(town.at("c").progress().orElseThrow().plan().name()).isEqualTo(join.name());
    }

    @Test
    void untilEveryMemberHasStoredItNewHomesGetWritesAndCountForNothing() {
        town.propose("a", new Join(member("d")));
        town.tell("a", "d");
        town.tell("a", "b");
        Move first = town.at("b").progress().orElseThrow().plan().moves().getFirst();
        town.takeOverAll(node("d"));

        assertThat(town.at("b").progress().orElseThrow().committed()).isFalse();
        assertThat(town.at("b").progress().orElseThrow().waitingFor()).containsExactly(node("c"));
        PreferenceList list = town.ringAt("b").preferenceList(first.partition());
        assertThat(list.home()).containsExactlyInAnyOrder(id("a"), id("b"), id("c"));
        assertThat(list.joining()).containsExactly(id("d"));
        assertThat(town.at("d").progress().orElseThrow().left())
                .as("takes over nothing")
                .hasSize(12);
    }

    @Test
    void onceCommittedANewHomeTakesThePlaceOfAnOldOnePartitionByPartition() {
        town.propose("a", new Join(member("d")));
        town.gossip("abcd");
        Progress before = town.at("d").progress().orElseThrow();
        Move first = before.plan().moves().getFirst();
        town.takeOver(before.plan().id(), List.of(first));
        town.gossip("abcd");

        assertThat(before.committed()).isTrue();
        PreferenceList moved = town.ringAt("b").preferenceList(first.partition());
        assertThat(moved.home()).hasSize(3).contains(id("d"));
        assertThat(moved.joining()).isEmpty();
        Move second = town.at("b").progress().orElseThrow().left().getFirst();
        PreferenceList moving = town.ringAt("b").preferenceList(second.partition());
        assertThat(moving.home()).doesNotContain(id("d"));
        assertThat(moving.joining()).containsExactly(id("d"));
    }

    @Test
    void whatOneSaysOfAPartitionLeavesTheListsOfTheOthersAsTheyWere() {
        town.propose("a", new Join(member("d")));
        town.gossip("abcd");
        Set<PreferenceList> before = Collections.newSetFromMap(new IdentityHashMap<>());
        before.addAll(town.ringAt("d").preferenceLists());
        Progress progress = town.at("d").progress().orElseThrow();
        Move first = progress.plan().moves().getFirst();
        town.takeOver(progress.plan().id(), List.of(first));

        assertThat(town.ringAt("d").preferenceLists())
                .filteredOn(list -> !before.contains(list))
                .as("worked out anew")
                .extracting(PreferenceList::partition)
                .containsExactly(first.partition());
    }

    /** Else one who reads from the new and one who writes to the old might miss each other. */
    @Test
    void nobodyTakesThePlaceOfOneThatStillCounts() {
        town.propose("a", new Join(member("d")));
        town.gossip("abcd");
        Progress progress = town.at("d").progress().orElseThrow();
        Move move = progress.left().getFirst();
        List<Partition> one = List.of(move.partition());
        MembershipHistory before = town.at("d");
        assertThat(before.takeOver(progress.plan().id(), node("d"), one)).isEqualTo(before);

        MembershipHistory released = before.release(progress.plan().id(), giverOf(move), one);
        PreferenceList between = released.ring().orElseThrow().preferenceList(move.partition());
        assertThat(between.home()).hasSize(2).doesNotContain(giverOf(move).node(), id("d"));
        assertThat(between.joining()).containsExactly(id("d"));
        assertThat(released.progress().orElseThrow().released()).containsExactly(move);

        MembershipHistory taken = released.takeOver(progress.plan().id(), node("d"), one);
        assertThat(taken.ring().orElseThrow().preferenceList(move.partition()).home())
                .hasSize(3)
                .contains(id("d"));
    }

    @Test
    void nobodyReleasesWhatDoesNotMoveAwayFromIt() {
        town.propose("a", new Join(member("d")));
        town.gossip("abcd");
        MembershipHistory before = town.at("d");
        Progress progress = before.progress().orElseThrow();
        Move move = progress.left().getFirst();

        assertThat(before.release(progress.plan().id(), node("d"), List.of(move.partition())))
                .isEqualTo(before);
    }

    private static Incarnation giverOf(Move move) {
        return java.util.Objects.requireNonNull(move.from());
    }

    @Test
    void aPlanIsDoneWhenEverythingHasMoved() {
        town.propose("a", new Join(member("d")));
        town.carryOut("abcd");

        assertThat(town.at("c").progress()).isEmpty();
        assertThat(town.at("c").members()).extracting(Member::id).contains(id("d"));
        assertThat(town.at("c").isMember(node("d"))).isTrue();
        assertThat(town.ringAt("c")).isEqualTo(town.ringAt("d"));
        assertThat(town.ringAt("c").preferenceLists())
                .allMatch(list -> list.homes() == 3 && list.joining().isEmpty());
    }

    @Test
    void onlyOnePlanIsOpenAtATime() {
        town.propose("a", new Join(member("d")));
        town.gossip("abc");

        assertThatThrownBy(() -> town.propose("b", new Join(member("e"))))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageMatching("plan 1 by a#1/[0-9a-f]{8} is open: one at a time");
    }

    @Test
    void aLeaverIsHomeUntilTheOthersHaveTakenOver() {
        town.propose("a", new Join(member("d")));
        town.carryOut("abcd");
        town.propose("a", new Leave(node("b")));
        town.gossip("abcd");

        assertThat(town.ringAt("a").preferenceLists())
                .anyMatch(list -> list.isHome(id("b")))
                .allMatch(list -> list.homes() == 3);
        town.carryOut("abcd");
        assertThat(town.ringAt("a").nodes()).containsExactly(id("a"), id("c"), id("d"));
        assertThat(town.at("b").isMember(node("b"))).isFalse();
        assertThat(town.at("b").isGone(node("b"))).isTrue();
    }

    @Test
    void whereNobodyTakesItsPlaceALeaverIsNoHomeFromTheCommitOn() {
        town.propose("a", new Leave(node("b")));
        town.gossip("abc");

        assertThat(town.at("a").progress()).as("nothing has to move").isEmpty();
        assertThat(town.ringAt("a").preferenceLists())
                .allSatisfy(list -> assertThat(list.home()).containsExactlyInAnyOrder(id("a"), id("c")));
    }

    @Test
    void aSuccessorTakesExactlyThePlaceOfTheOneItReplaces() {
        town.propose("a", new Join(member("d")));
        town.carryOut("abcd");
        Plan plan = town.at("a").plan(node("a"), List.of(new Replace(node("b"), member("e"))));

        assertThat(plan.moves())
                .isNotEmpty()
                .allMatch(move -> move.to().equals(node("e")) && node("b").equals(move.from()));
    }

    @Test
    void weightZoneAndAddressCanBeAltered() {
        Member heavier = new Member(id("b"), "elsewhere", "zone-2", 3, 1);
        town.propose("a", new Join(member("d")));
        town.carryOut("abcd");
        town.propose("a", new Alter(heavier));
        town.carryOut("abcd");

        assertThat(town.at("d").members()).contains(heavier);
        assertThat(town.ringAt("d").preferenceLists().stream().filter(list -> list.isHome(id("b"))))
                .as("its zone is like no other, so it is in every list")
                .hasSize(16);
    }

    @Test
    void aPlanDoesNotWaitForAForceRemovedMember() {
        town.propose("a", new Join(member("d")));
        town.gossip("abd");
        assertThat(town.at("a").progress().orElseThrow().waitingFor()).containsExactly(node("c"));

        town.write(node("b"), town.at("b").forceRemove(node("b"), node("c")));
        town.gossip("abd");

        assertThat(town.at("a").progress().orElseThrow().committed()).isTrue();
        assertThat(town.ringAt("a").nodes()).doesNotContain(id("c"));
    }

    @Test
    void whatAForceRemovedMemberOwnedIsHandedOutByTheNextPlan() {
        town.propose("a", new Join(member("d")));
        town.carryOut("abcd");
        town.propose("a", new ForceRemove(node("c")));
        town.gossip("abd");

        assertThat(town.ringAt("b").preferenceLists())
                .allMatch(list -> !list.nodes().contains(id("c")))
                .anyMatch(list -> list.homes() == 2 && list.joining().size() == 1);
        town.carryOut("abd");
        assertThat(town.ringAt("b").preferenceLists()).allMatch(list -> list.homes() == 3);
        assertThat(town.at("c").isGone(node("c"))).as("it does not know").isFalse();
        town.tell("a", "c");
        assertThat(town.at("c").isGone(node("c"))).isTrue();
    }

    @Test
    void aPlanThatMovesToADeadNodeEndsWhenItIsForceRemovedAndTheRestIsDue() {
        town.propose("a", new Join(member("d")));
        town.gossip("abc");
        town.write(node("b"), town.at("b").forceRemove(node("b"), node("d")));
        town.gossip("abc");

        assertThat(town.at("a").progress()).isEmpty();
        assertThat(town.at("a").due()).containsExactly(new ForceRemove(node("d")));
        town.propose("c", town.at("c").due().toArray(Change[]::new));
        town.carryOut("abc");
        assertThat(town.ringAt("a").nodes()).containsExactly(id("a"), id("b"), id("c"));
        assertThat(town.ringAt("a").preferenceLists()).allMatch(list -> list.homes() == 3);
        assertThat(town.at("a").due()).isEmpty();
    }

    /** They have it, and answer and count for it. Who owns it by the plan has nothing, and is gone. */
    @Test
    void whatWasToMoveToRemovedNodesStaysWithThoseWhoHoldIt() {
        removeBeforeTheyTakeOver(new Join(member("d")), new Join(member("e")), new Join(member("f")));

        assertThat(town.at("a").progress()).isEmpty();
        assertThat(town.ringAt("a")).isEqualTo(town.ringAt("c"));
        assertThat(town.ringAt("a").preferenceLists())
                .allSatisfy(list -> assertThat(list.home()).containsExactlyInAnyOrder(id("a"), id("b"), id("c")));

        town.propose("c", town.at("c").due().toArray(Change[]::new));
        assertThat(town.at("c").progress().orElseThrow().left())
                .as("moves between those who live, and none to who holds it")
                .allSatisfy(move ->
                        assertThat(List.of(node("a"), node("b"), node("c"))).contains(giverOf(move), move.to()))
                .noneMatch(move -> move.to().equals(move.from()));
        town.gossip("abc");
        assertThat(town.ringAt("b").preferenceLists()).allMatch(list -> list.homes() == 3);
        town.carryOut("abc");
        assertThat(town.ringAt("b").preferenceLists())
                .allSatisfy(list -> assertThat(list.home()).containsExactlyInAnyOrder(id("a"), id("b"), id("c")));
        assertThat(town.at("a").due()).isEmpty();
    }

    /** Else nobody would be left, of those there were before and those there would be. */
    @Test
    void whoWasToBeReplacedByARemovedNodeStaysAMember() {
        removeBeforeTheyTakeOver(
                new Replace(node("a"), member("d")),
                new Replace(node("b"), member("e")),
                new Replace(node("c"), member("f")));

        assertThat(town.at("a").progress()).isEmpty();
        for (String name : List.of("a", "b", "c")) {
            assertThat(town.at("c").isMember(node(name))).isTrue();
            assertThat(town.at("c").isGone(node(name))).isFalse();
            assertThat(town.at("c").settledMember(id(name))).contains(member(name));
        }
        assertThat(town.ringAt("a").nodes()).containsExactly(id("a"), id("b"), id("c"));

        town.propose("c", town.at("c").due().toArray(Change[]::new));
        town.carryOut("abc");
        assertThat(town.at("b").members()).containsExactly(member("a"), member("b"), member("c"));
        assertThat(town.ringAt("b").preferenceLists()).allMatch(list -> list.homes() == 3);
        town.propose("b", new Leave(node("a")));
        town.carryOut("abc");
        assertThat(town.at("b").isGone(node("a"))).isTrue();
    }

    /** The removed one may have taken over, and have acknowledged what nobody else has. */
    @Test
    void whoHasStoppedForARemovedNodeDoesNotBeginAgain() {
        town.propose("a", new Join(member("d")));
        town.gossip("abcd");
        Progress progress = town.at("d").progress().orElseThrow();
        Move stopped = progress.left().getFirst();
        Incarnation giver = giverOf(stopped);
        town.write(giver, town.at(giver).release(progress.plan().id(), giver, List.of(stopped.partition())));
        Incarnation other = giver.equals(node("a")) ? node("b") : node("a");
        town.write(other, town.at(other).forceRemove(other, node("d")));
        town.gossip("abc");

        assertThat(town.at("a").progress()).isEmpty();
        assertThat(town.ringAt("a").preferenceLists())
                .allSatisfy(list ->
                        assertThat(list.homes()).isEqualTo(list.partition().equals(stopped.partition()) ? 2 : 3));
        assertThat(town.ringAt("a").preferenceList(stopped.partition()).home()).doesNotContain(giver.node());
    }

    /** So that a member which has stored the removal has said by then whatever it will ever say. */
    @Test
    void nobodyStopsForARemovedNodeAndThePlanWaitsUntilAllMembersKnow() {
        town.propose("a", new Join(member("d")));
        town.gossip("abcd");
        Progress progress = town.at("a").progress().orElseThrow();
        town.write(node("a"), town.at("a").forceRemove(node("a"), node("d")));
        town.tell("a", "b");
        MembershipHistory told = town.at("b");

        assertThat(told.progress().orElseThrow().left()).isEmpty();
        for (Move move : progress.left()) {
            assertThat(told.release(progress.plan().id(), giverOf(move), List.of(move.partition())))
                    .isEqualTo(told);
        }
        town.tell("b", "c");
        assertThat(town.at("c").progress()).isEmpty();
    }

    /** Two nodes of one name at once would be one to everybody else. */
    @Test
    void whoLeavesWhileAnotherComesUnderItsNameCountsAsRemoved() {
        Member again = member("b").incarnated(2);
        town.propose("a", new Leave(node("b")), new Join(again));
        town.gossip("ac");

        assertThat(town.at("a").progress().orElseThrow().committed()).isTrue();
        assertThat(town.at("a").isGone(node("b"))).isTrue();
        town.write(again.incarnation(), town.at("a"));
        town.takeOverAll(again.incarnation());
        town.gossip(List.of(node("a"), node("c"), again.incarnation()));
        assertThat(town.at("c").progress()).isEmpty();
        assertThat(town.at("c").isMember(again.incarnation())).isTrue();
    }

    private void removeBeforeTheyTakeOver(Change... changes) {
        town.propose("a", changes);
        town.gossip("abc");
        assertThat(town.at("a").progress().orElseThrow().committed()).isTrue();
        for (String name : List.of("d", "e", "f")) {
            town.write(node("b"), town.at("b").forceRemove(node("b"), node(name)));
        }
        town.gossip("abc");
    }

    @Test
    void aTakeoverOfAVoidPlanChangesNothing() {
        town.propose("a", new Join(member("d")));
        town.propose("b", new Join(member("e")));
        PlanId superseded = town.at("b").progress().orElseThrow().plan().id();
        town.gossip("abcde");
        MembershipHistory before = town.at("e");
        List<Partition> all = before.ring().orElseThrow().preferenceLists().stream()
                .map(PreferenceList::partition)
                .toList();

        assertThat(before.takeOver(superseded, node("e"), all)).isEqualTo(before);
        assertThat(before.progress().orElseThrow().plan().id().author()).isEqualTo(node("a"));
    }

    @Test
    void changesThatDoNotFitAreRefusedWithAReason() {
        assertRefused("there is a member of the name b already", new Join(new Member(id("b"), "x", "z", 1, 9)));
        assertRefused("d#1 is no member, or is changed twice", new Leave(node("d")));
        assertRefused("b#1 is no member, or is changed twice", new Leave(node("b")), new ForceRemove(node("b")));
        assertRefused("a#1 cannot force-remove itself", new ForceRemove(node("a")));
        assertRefused("nobody would be left", new Leave(node("a")), new Leave(node("b")), new Leave(node("c")));
        assertRefused("nothing to change");
        assertRefused(
                "17 members",
                Town.members("defghijklmnopq").stream().map(Join::new).toArray(Change[]::new));
        assertThatThrownBy(() -> town.at("a").plan(node("d"), List.of(new Leave(node("b")))))
                .isInstanceOf(PlanRefusedException.class);
        assertThatThrownBy(() -> town.at("d").plan(node("d"), List.of(new Leave(node("b")))))
                .hasMessage("this node knows of no cluster");
    }

    @Test
    void aPlanThatWasShownBeforeSomethingChangedIsRefused() {
        Plan shown = town.at("a").plan(node("a"), List.of(new Join(member("d"))));
        town.propose("b", new Leave(node("c")));
        town.gossip("abc");

        assertThatThrownBy(() -> town.at("a").propose(shown)).hasMessageContaining("has changed since");
    }

    private void assertRefused(String why, Change... changes) {
        assertThatThrownBy(() -> town.at("a").plan(node("a"), List.of(changes)))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining(why);
    }

    private static NodeId id(String name) {
        return new NodeId(name);
    }
}
