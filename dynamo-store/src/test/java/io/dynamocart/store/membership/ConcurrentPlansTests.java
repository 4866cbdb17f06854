package io.dynamocart.store.membership;

import static io.dynamocart.store.membership.Town.member;
import static io.dynamocart.store.membership.Town.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.membership.Change.Join;
import io.dynamocart.store.membership.Change.Leave;
import io.dynamocart.store.membership.Change.Replace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Plans proposed at once, by every way in which the news of them can go round. */
class ConcurrentPlansTests {

    private static final List<Incarnation> MEMBERS = List.of(node("a"), node("b"), node("c"));

    @Test
    void whateverTheOrderTwoPlansOfThreeNodesEndInOne() {
        assertThat(explore(false)).as("states").isGreaterThan(100);
    }

    /** The third may have told anybody what it knew before it died, and need not have told all the same. */
    @Test
    void whateverTheOrderTheyDoSoWhenOneMemberDiesAndIsForceRemoved() {
        assertThat(explore(true)).as("states").isGreaterThan(1_000);
    }

    /**
     * c holds to the plan of a, who died. What it hears from d, who died later, is older than the removal of d, and it
     * has not heard that b knows of that removal. If it gave up the plan now, it would do so after b saw it committed.
     */
    @Test
    void aPlanIsNotGivenUpForTheSakeOfAMemberThatIsRemovedAsWell() {
        Town town = Town.founded(new Founding(8, 2, Town.members("abcd")));
        town.propose("a", new Join(member("x")));
        town.propose("b", new Join(member("y")));
        PlanId planOfA = town.at("a").progress().orElseThrow().plan().id();
        town.tell("a", "c");
        town.tell("a", "b");
        town.write(node("c"), town.at("c").forceRemove(node("c"), node("a")));
        town.tell("c", "d");
        town.tell("c", "b");
        MembershipHistory olderOfB = town.at("b");
        MembershipHistory lastOfD = town.at("d");
        town.write(node("c"), town.at("c").forceRemove(node("c"), node("d")));
        town.tell("c", "b");
        assertThat(committed(town.at("b"))).hasValue(planOfA);

        town.write(node("c"), town.at("c").merge(olderOfB).merge(lastOfD).stored(node("c")));
        town.gossip("bc");

        assertThat(committed(town.at("b"))).hasValue(planOfA);
        assertThat(committed(town.at("c"))).hasValue(planOfA);
    }

    @Test
    void aProposalOfARemovedMemberThatSomebodyNeverHeldToIsVoid() {
        Town town = Town.founded(new Founding(8, 2, Town.members("abc")));
        town.propose("a", new Join(member("x")));
        town.tell("a", "b");
        town.write(node("c"), town.at("c").forceRemove(node("c"), node("a")));
        town.gossip("bc");

        assertThat(town.at("b").progress()).isEmpty();
        town.propose("c", new Join(member("y")));
        town.gossip("bc");
        assertThat(committed(town.at("b")).orElseThrow().author()).isEqualTo(node("c"));
        town.gossip("abc");
        assertThat(town.at("a")).isEqualTo(town.at("b")).isEqualTo(town.at("c"));
    }

    /** Two operators at once; the ring stays whole, and new nodes can replace the old ones. */
    @Test
    void whereAllMembersHaveRemovedOneAnotherNobodyIsOut() {
        Town town = Town.founded(new Founding(8, 2, Town.members("ab")));
        town.write(node("a"), town.at("a").forceRemove(node("a"), node("b")));
        town.write(node("b"), town.at("b").forceRemove(node("b"), node("a")));
        assertThat(town.ringAt("a").nodes()).hasSize(1);
        town.gossip("ab");

        assertThat(town.ringAt("a").nodes()).hasSize(2);
        assertThatThrownBy(() -> town.propose("a", new Join(member("x")))).hasMessageContaining("was removed");
        town.propose("a", new Replace(node("a"), member("x")), new Leave(node("b")));
        town.carryOut("abx");
        assertThat(town.at("x").members()).containsExactly(member("x"));
    }

    /** Goes through all that can happen and returns how many different states there are. */
    private static int explore(boolean removal) {
        Town born = Town.founded(new Founding(4, 2, Town.members("abc")));
        List<MembershipHistory> first = MEMBERS.stream().map(born::at).toList();
        Set<List<MembershipHistory>> seen = new HashSet<>(Set.of(first));
        Deque<List<MembershipHistory>> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            List<MembershipHistory> state = open.remove();
            assertOneCommitted(state);
            List<List<MembershipHistory>> next = next(state, removal);
            next.forEach(following -> assertCommittedStays(state, following));
            if (next.isEmpty()) {
                assertThat(state.stream().distinct()).as("all know the same").hasSize(1);
                assertThat(committed(state.getFirst())).as("%s", state).isPresent();
            }
            next.stream().filter(seen::add).forEach(open::add);
        }
        return seen.size();
    }

    private static List<List<MembershipHistory>> next(List<MembershipHistory> state, boolean removal) {
        List<List<MembershipHistory>> next = new ArrayList<>();
        propose(state, 0, "d").ifPresent(next::add);
        propose(state, 1, "e").ifPresent(next::add);
        for (int to = 0; to < MEMBERS.size(); to++) {
            for (MembershipHistory told : state) {
                next.add(with(state, to, state.get(to).merge(told).stored(MEMBERS.get(to))));
            }
        }
        if (removal) {
            for (int by = 1; by < MEMBERS.size(); by++) {
                next.add(with(state, by, removed(state.get(by), MEMBERS.get(by))));
            }
        }
        next.removeIf(state::equals);
        return next;
    }

    private static MembershipHistory removed(MembershipHistory history, Incarnation by) {
        return history.isMember(node("a")) ? history.forceRemove(by, node("a")) : history;
    }

    private static Optional<List<MembershipHistory>> propose(List<MembershipHistory> state, int author, String joiner) {
        MembershipHistory history = state.get(author);
        try {
            Plan plan = history.plan(MEMBERS.get(author), List.of(new Join(member(joiner))));
            return Optional.of(with(state, author, history.propose(plan)));
        } catch (PlanRefusedException _) {
            return Optional.empty();
        }
    }

    private static void assertOneCommitted(List<MembershipHistory> state) {
        assertThat(state.stream()
                        .flatMap(history -> committed(history).stream())
                        .distinct())
                .as("%s", state)
                .hasSizeLessThan(2);
    }

    private static void assertCommittedStays(List<MembershipHistory> before, List<MembershipHistory> after) {
        for (int i = 0; i < before.size(); i++) {
            if (committed(before.get(i)).isPresent()) {
                assertThat(committed(after.get(i))).isEqualTo(committed(before.get(i)));
            }
        }
    }

    private static Optional<PlanId> committed(MembershipHistory history) {
        return history.progress()
                .filter(Progress::committed)
                .map(progress -> progress.plan().id());
    }

    private static List<MembershipHistory> with(List<MembershipHistory> state, int at, MembershipHistory history) {
        List<MembershipHistory> next = new ArrayList<>(state);
        next.set(at, history);
        return List.copyOf(next);
    }
}
