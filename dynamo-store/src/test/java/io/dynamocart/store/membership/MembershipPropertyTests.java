package io.dynamocart.store.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.simulation.Tally;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What holds of the membership whatever operators want, the network does and nodes suffer. */
@Execution(ExecutionMode.CONCURRENT)
class MembershipPropertyTests {

    private static final int RUNS = 250;

    /** All in one life of each town: to live takes longer than to check. */
    @Test
    void plansAreDecidedOnceHomesHoldEverythingAndMergeHasItsLaws() {
        Tally held = new Tally();
        Property.holds(RUNS, random -> {
            Map<Integer, PlanId> committed = new TreeMap<>();
            RandomTown town = new RandomTown(random, history -> {
                assertOneCommitted(history, committed);
                assertHomesHoldAll(history, held);
            });
            town.live((int) random.between(100, 600));
            assertLawsOfMerge(town.histories(), random.fork("merges"));
            if (town.heal()) {
                assertOneRing(town);
                held.count("towns healed");
            }
            held.count("towns");
        });

        System.out.printf("Random towns held:%n%s", held);
        if (held.of("towns") == RUNS) {
            assertThat(held.of("towns healed")).isGreaterThan(200);
            assertThat(held.of("rings under a plan")).isGreaterThan(4_000);
        }
    }

    /** Of all plans of one number: the theorem of docs/decisions/0010. */
    private static void assertOneCommitted(MembershipHistory history, Map<Integer, PlanId> committed) {
        Optional<PlanId> settled =
                history.lineage().map(lineage -> lineage.settled().last());
        Optional<PlanId> open = history.progress()
                .filter(Progress::committed)
                .map(progress -> progress.plan().id());
        for (Optional<PlanId> plan : List.of(settled, open)) {
            plan.ifPresent(id -> {
                PlanId former = committed.putIfAbsent(id.number(), id);
                assertThat(former == null || former.equals(id))
                        .as("committed were %s and %s", former, id)
                        .isTrue();
            });
        }
    }

    /** D17. */
    private static void assertOneRing(RandomTown town) {
        List<MembershipHistory> histories =
                town.living().stream().map(town.town()::at).toList();
        assertThat(histories.stream().distinct()).hasSize(1);
        assertThat(histories.getFirst().progress()).isEmpty();
        assertD12(histories.getFirst());
    }

    /** D12: N distinct nodes in as many zones as there are; with strategy 3, its share of tokens for each. */
    private static void assertD12(MembershipHistory history) {
        Founding founding = history.founding().orElseThrow();
        Map<NodeId, Member> members = new TreeMap<>();
        history.members().forEach(member -> members.put(member.id(), member));
        int homes = Math.min(founding.homes(), members.size());
        Set<String> zones = new TreeSet<>();
        members.values().forEach(member -> zones.add(member.zone()));
        for (PreferenceList list : history.ring().orElseThrow().preferenceLists()) {
            Set<String> found = new TreeSet<>();
            list.home()
                    .forEach(node -> members.computeIfPresent(node, (_, member) -> {
                        found.add(member.zone());
                        return member;
                    }));
            assertThat(new TreeSet<>(list.home())).hasSize(homes);
            assertThat(list.joining()).isEmpty();
            assertThat(found).hasSize(Math.min(homes, zones.size()));
        }
        if (founding.partitioning() instanceof Partitioning.EqualShares(int partitions)) {
            assertShares(history, partitions);
        }
    }

    private static void assertShares(MembershipHistory history, int partitions) {
        List<NodeId> owners = history.lineage().orElseThrow().layout().owners();
        double weights = history.members().stream().mapToInt(Member::weight).sum();
        for (Member member : history.members()) {
            double share = partitions * member.weight() / weights;
            long owned = owners.stream().filter(member.id()::equals).count();
            assertThat((double) owned).isBetween(Math.floor(share), Math.ceil(share));
        }
    }

    /**
     * D12 and D13, as far as they are the ring's: while a plan is under way, homes are those from before or have taken
     * over. Nothing of the kind is promised where one of them was force-removed.
     */
    private static void assertHomesHoldAll(MembershipHistory history, Tally held) {
        Optional<Progress> progress = history.progress();
        if (progress.isEmpty()) {
            return;
        }
        Plan plan = progress.get().plan();
        boolean noneRemoved = history.members().containsAll(plan.after())
                && history.members().stream()
                        .map(Member::incarnation)
                        .toList()
                        .containsAll(plan.before().stream()
                                .map(Member::incarnation)
                                .filter(node -> plan.after().stream()
                                        .noneMatch(member -> member.id().equals(node.node())))
                                .toList());
        if (!noneRemoved) {
            return;
        }
        held.count("rings under a plan");
        Set<Move> left = new HashSet<>(progress.get().left());
        for (PreferenceList list : history.ring().orElseThrow().preferenceLists()) {
            PreferenceList before = plan.from().preferenceList(list.partition());
            PreferenceList after = plan.to().preferenceList(list.partition());
            List<Move> waiting = plan.moves().stream()
                    .filter(move -> move.partition().equals(list.partition()) && left.contains(move))
                    .toList();
            assertThat(list.home())
                    .hasSizeGreaterThanOrEqualTo(Math.min(before.homes(), after.homes())
                            - (int) waiting.stream()
                                    .filter(progress.get().released()::contains)
                                    .count())
                    .allMatch(home -> before.isHome(home) || after.isHome(home))
                    .noneMatch(home -> !before.isHome(home)
                            && waiting.stream()
                                    .anyMatch(move -> move.to().node().equals(home)));
            assertThat(list.joining())
                    .containsExactlyElementsOf(after.home().stream()
                            .filter(home -> !list.isHome(home))
                            .toList());
        }
    }

    /** A node goes from ring to ring and keeps what it has worked out; one that was just started begins with the bytes. */
    @Test
    void theRingIsThatOfWhatIsWrittenDownWhateverCameBefore() {
        Property.holds(RUNS / 4, random -> {
            RandomTown town = new RandomTown(random, history -> {
                ByteWriter out = new ByteWriter();
                history.writeTo(out);
                assertThat(history.ring())
                        .isEqualTo(MembershipHistory.readFrom(new ByteReader(out.toByteArray()))
                                .ring());
            });
            town.live((int) random.between(50, 300));
        });
    }

    @Test
    void eachTakeoverExchangesOneHomeForAnother() {
        Tally held = new Tally();
        Property.holds(RUNS, random -> {
            RandomTown town = new RandomTown(random, _ -> {});
            town.live((int) random.between(20, 60));
            if (town.heal()) {
                carryOutOneByOne(town.town().at(town.living().getFirst()), random, held);
            }
            held.count("towns");
        });

        System.out.printf("Takeovers one by one held:%n%s", held);
        if (held.of("towns") == RUNS) {
            assertThat(held.of("takeovers")).isGreaterThan(1_000);
        }
    }

    private static void carryOutOneByOne(MembershipHistory settled, SeededRandom random, Tally held) {
        Incarnation author = settled.members().getFirst().incarnation();
        Member joiner = new Member(new NodeId("joiner"), "host", "zone-1", 1, 5);
        MembershipHistory history = settled.propose(settled.plan(author, List.of(new Change.Join(joiner))));
        for (Member member : settled.members()) {
            history = history.stored(member.incarnation());
        }
        while (history.progress().isPresent()) {
            Progress progress = history.progress().get();
            Ring before = history.ring().orElseThrow();
            Move move = random.pick(progress.left());
            Incarnation giver = move.from();
            if (giver != null) {
                history = history.release(progress.plan().id(), giver, List.of(move.partition()));
            }
            history = history.takeOver(progress.plan().id(), move.to(), List.of(move.partition()));
            if (history.progress().isPresent()) {
                assertOneExchanged(before, history.ring().orElseThrow(), move);
                held.count("takeovers");
            }
        }
    }

    private static void assertOneExchanged(Ring before, Ring after, Move move) {
        for (PreferenceList list : after.preferenceLists()) {
            Set<NodeId> expected =
                    new TreeSet<>(before.preferenceList(list.partition()).home());
            if (list.partition().equals(move.partition())) {
                Optional.ofNullable(move.from()).map(Incarnation::node).ifPresent(expected::remove);
                expected.add(move.to().node());
            }
            assertThat(new TreeSet<>(list.home())).isEqualTo(expected);
        }
    }

    /** It is commutative, associative and idempotent. */
    private static void assertLawsOfMerge(List<MembershipHistory> histories, SeededRandom random) {
        for (int i = 0; i < 20; i++) {
            MembershipHistory a = random.pick(histories);
            MembershipHistory b = random.pick(histories);
            MembershipHistory c = random.pick(histories);

            assertThat(a.merge(a)).isEqualTo(a);
            assertThat(a.merge(b)).isEqualTo(b.merge(a));
            assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
            assertThat(a.merge(b).merge(a)).isEqualTo(a.merge(b));
        }
    }

    /** Several that the same operators founded apart, with all that happened in them. */
    @Test
    void mergeHasItsLawsForClustersFoundedApartToo() {
        Property.holds(100, random -> {
            RandomTown left = new RandomTown(random.fork("left"), _ -> {});
            RandomTown right = new RandomTown(random.fork("right"), _ -> {});
            left.live(200);
            right.live(200);
            for (int i = 0; i < 20; i++) {
                MembershipHistory a = random.pick(left.histories());
                MembershipHistory b = random.pick(right.histories());
                MembershipHistory c = random.pick(random.chance(0.5) ? left.histories() : right.histories());

                assertThat(a.merge(b)).isEqualTo(b.merge(a));
                assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
                assertThat(a.merge(b).founding()).isEqualTo(b.merge(a).founding());
            }
        });
    }

    @Test
    void aHistoryDoesNotGrowWithThePlansThatWereCarriedOut() {
        Town town = Town.founded(new Founding(64, 3, Town.members("abc")));
        Set<Integer> sizes = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            Member weight = new Member(new NodeId("b"), "host-b", "zone", 1 + i % 2, 1);
            town.propose("a", new Change.Alter(weight));
            town.carryOut("abc");
            ByteWriter out = new ByteWriter();
            town.at("c").writeTo(out);
            sizes.add(out.length());
        }

        assertThat(sizes).hasSize(1).allMatch(size -> size < 300);
    }
}
