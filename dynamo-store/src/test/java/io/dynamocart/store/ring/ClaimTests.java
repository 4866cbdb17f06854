package io.dynamocart.store.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What strategy 3 promises of a new ring, for any members and partitions (paper §6.2, docs/invariants.md D12). */
@Execution(ExecutionMode.CONCURRENT)
class ClaimTests {

    private static final int N = 3;

    @Test
    void everyoneOwnsItsShareByWeightRoundedUpOrDown() {
        Property.holds(500, random -> {
            List<Seat> seats = seats(random, (int) random.between(1, 12), (int) random.between(1, 4), 4);
            int partitions = partitions(random, seats.size());
            Map<NodeId, Integer> owned = count(Claim.forNewRing(seats, partitions, N));
            long weights = seats.stream().mapToLong(Seat::weight).sum();

            for (Seat seat : seats) {
                double share = (double) partitions * seat.weight() / weights;
                assertThat(owned.getOrDefault(seat.node(), 0))
                        .as("%s of %s", seat, partitions)
                        .isBetween((int) Math.floor(share), (int) Math.ceil(share));
            }
        });
    }

    @Test
    void theOrderOfTheSeatsDoesNotMatter() {
        Property.holds(100, random -> {
            List<Seat> seats = seats(random, (int) random.between(1, 12), 3, 3);
            int partitions = partitions(random, seats.size());
            List<Seat> shuffled = shuffled(random, seats);

            assertThat(Claim.forNewRing(shuffled, partitions, N)).isEqualTo(Claim.forNewRing(seats, partitions, N));
        });
    }

    /** Where the ring closes it may be impossible: three nodes and sixteen partitions, for instance. */
    @Test
    void neighboursAreDistinctNodesWhereverTheRingDoesNotClose() {
        Property.holds(200, random -> {
            List<Seat> seats = seats(random, (int) random.between(N, 12), 1, 1);
            List<NodeId> owners = Claim.forNewRing(seats, partitions(random, seats.size()), N);

            for (int i = 0; i + N <= owners.size(); i++) {
                assertThat(owners.subList(i, i + N)).as("from %d", i).doesNotHaveDuplicates();
            }
        });
    }

    @Test
    void neighboursLieInDistinctZonesOfEqualSizeWhereverTheRingDoesNotClose() {
        Property.holds(200, random -> {
            int zones = (int) random.between(N, 5);
            List<Seat> seats = seats(random, zones * (int) random.between(1, 3), zones, 1);
            Map<NodeId, String> zoneOf = new TreeMap<>();
            seats.forEach(seat -> zoneOf.put(seat.node(), seat.zone()));
            int rounds = (int) random.between(1, 20);
            List<NodeId> owners = Claim.forNewRing(seats, rounds * seats.size(), N);

            for (int i = 0; i + N <= owners.size(); i++) {
                assertThat(owners.subList(i, i + N))
                        .as("from %d", i)
                        .extracting(zoneOf::get)
                        .doesNotHaveDuplicates();
            }
        });
    }

    @Test
    void everyKeyHasNDistinctHomesInAsManyZonesAsThereAre() {
        Property.holds(200, random -> {
            int zones = (int) random.between(1, 5);
            List<Seat> seats = seats(random, (int) random.between(1, 12), zones, 3);
            int partitions = partitions(random, seats.size());
            Ring ring = Layout.of(new Partitioning.EqualShares(partitions), N, seats)
                    .ring();
            Map<NodeId, String> zoneOf = new TreeMap<>();
            seats.forEach(seat -> zoneOf.put(seat.node(), seat.zone()));
            int distinctZones = (int) zoneOf.values().stream().distinct().count();
            int homes = Math.min(N, seats.size());

            assertThat(ring.preferenceLists()).hasSize(partitions).allSatisfy(list -> {
                assertThat(list.home()).hasSize(homes).doesNotHaveDuplicates();
                assertThat(list.home().stream().map(zoneOf::get).distinct()).hasSize(Math.min(homes, distinctZones));
                assertThat(list.nodes()).containsExactlyInAnyOrderElementsOf(zoneOf.keySet());
            });
        });
    }

    @Test
    void equalMembersHoldEquallyManyReplicas() {
        Property.holds(200, random -> {
            int zones = random.chance(0.5) ? 1 : N;
            List<Seat> seats = seats(random, zones * (int) random.between(N, 8), zones, 1);
            int partitions = 16 * seats.size() + random.nextInt(200);
            Map<NodeId, Integer> held = replicas(seats, partitions);
            double mean = (double) N * partitions / seats.size();

            assertThat(held.values())
                    .allSatisfy(count -> assertThat(count).isBetween((int) (mean * 0.8), (int) (mean * 1.2)));
        });
    }

    @Test
    void aHeavierMemberHoldsMoreReplicas() {
        Property.holds(200, random -> {
            List<Seat> seats = new ArrayList<>(seats(random, (int) random.between(6, 12), 1, 1));
            Seat heavy = new Seat(new NodeId("heavy"), "zone-0", 2);
            seats.add(heavy);
            int partitions = 16 * seats.size() + random.nextInt(200);
            Map<NodeId, Integer> held = replicas(seats, partitions);
            double perWeight = (double) N * partitions / (seats.size() + 1);

            assertThat((double) held.getOrDefault(heavy.node(), 0)).isBetween(2 * perWeight * 0.8, 2 * perWeight * 1.2);
        });
    }

    /** Nodes of different releases work out the ring for themselves, so the numbers below never change. */
    @Test
    void everyReleaseHandsThemOutAlike() {
        assertThat(hashOfSome(Claim::forNewRing)).isEqualTo(558503891);
        assertThat(hashOfSome((seats, partitions, homes) -> {
                    List<NodeId> before = Claim.forNewRing(seats.subList(0, seats.size() / 2), partitions, homes);
                    return Claim.forChange(before, seats, homes);
                }))
                .isEqualTo(685284485);
    }

    /** How partitions are handed out. */
    private interface Handout {
        List<NodeId> owners(List<Seat> seats, int partitions, int homes);
    }

    private static int hashOfSome(Handout handout) {
        SeededRandom random = new SeededRandom(1);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            List<Seat> seats = seats(random, (int) random.between(2, 40), (int) random.between(1, 5), 3);
            handout.owners(seats, partitions(random, seats.size()), (int) random.between(1, 5))
                    .forEach(owner -> names.add(owner.name()));
        }
        return names.hashCode();
    }

    @Test
    void everyNodeNeedsAPartition() {
        List<Seat> four = seats(new SeededRandom(1), 4, 1, 1);

        assertThatThrownBy(() -> Claim.forNewRing(four, 3, N)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Claim.forNewRing(List.of(), 3, N)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Seats spread evenly over the zones. */
    private static List<Seat> seats(SeededRandom random, int count, int zones, int heaviest) {
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seats.add(new Seat(new NodeId("node-" + i), "zone-" + i % zones, (int) random.between(1, heaviest)));
        }
        return seats;
    }

    private static int partitions(SeededRandom random, int nodes) {
        return nodes + random.nextInt(300);
    }

    private static List<Seat> shuffled(SeededRandom random, List<Seat> seats) {
        List<Seat> shuffled = new ArrayList<>(seats);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        return shuffled;
    }

    private static Map<NodeId, Integer> replicas(List<Seat> seats, int partitions) {
        Ring ring =
                Layout.of(new Partitioning.EqualShares(partitions), N, seats).ring();
        return count(ring.preferenceLists().stream()
                .flatMap(list -> list.home().stream())
                .toList());
    }

    private static Map<NodeId, Integer> count(List<NodeId> nodes) {
        Map<NodeId, Integer> counts = new TreeMap<>();
        nodes.forEach(node -> counts.merge(node, 1, Integer::sum));
        return counts;
    }
}
