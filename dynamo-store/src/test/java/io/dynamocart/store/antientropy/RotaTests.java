package io.dynamocart.store.antientropy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.antientropy.Rota.Turn;
import io.dynamocart.store.ring.Layout;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.ring.Seat;
import io.dynamocart.store.simulation.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who compares what with whom. */
class RotaTests {

    private static final NodeId SELF = new NodeId("n0");

    @Test
    void aRoundComparesEachOwnPartitionWithEachOtherHomeReplicaOnce() {
        Property.holds(100, random -> {
            Ring ring = ring(4 + random.nextInt(3), 3);
            Set<Turn> expected = new TreeSet<>();
            ring.preferenceLists().stream()
                    .filter(list -> list.isHome(SELF))
                    .forEach(list -> list.home().stream()
                            .filter(node -> !node.equals(SELF))
                            .forEach(peer -> expected.add(new Turn(list.partition(), peer))));
            Rota rota = new Rota(SELF, random.nextLong());

            assertThat(turns(rota, ring, expected.size())).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(turns(rota, ring, expected.size())).containsExactlyInAnyOrderElementsOf(expected);
        });
    }

    @Test
    void nodesBeginAtDifferentPlaces() {
        Ring ring = ring(4, 3);

        assertThat(new Rota(SELF, 5).next(ring, peer -> true))
                .isNotEqualTo(new Rota(SELF, -6).next(ring, peer -> true));
    }

    @Test
    void whoCannotBeReachedIsPassedOver() {
        Rota rota = new Rota(SELF, 1);
        NodeId lost = new NodeId("n1");

        for (int i = 0; i < 20; i++) {
            assertThat(rota.next(ring(4, 3), peer -> !peer.equals(lost)))
                    .hasValueSatisfying(turn -> assertThat(turn.peer()).isNotEqualTo(lost));
        }
    }

    @Test
    void aRingThatChangesIsFollowedFromWhereTheRotaStands() {
        Rota rota = new Rota(SELF, 0);
        Turn before = rota.next(ring(3, 3), peer -> true).orElseThrow();
        Turn after = rota.next(ring(6, 3), peer -> true).orElseThrow();

        assertThat(after).isGreaterThan(before);
        assertThat(ring(6, 3).preferenceList(after.partition()).home()).contains(SELF, after.peer());
    }

    @Test
    void aNodeAloneComparesNothing() {
        assertThat(new Rota(SELF, 1).next(ring(1, 3), peer -> true)).isEmpty();
        assertThat(new Rota(SELF, 1).next(ring(3, 3), peer -> false)).isEmpty();
    }

    private static List<Turn> turns(Rota rota, Ring ring, int count) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            turns.add(rota.next(ring, peer -> true).orElseThrow());
        }
        return turns;
    }

    private static Ring ring(int nodes, int homes) {
        List<NodeId> ids =
                IntStream.range(0, nodes).mapToObj(i -> new NodeId("n" + i)).toList();
        List<NodeId> owners =
                IntStream.range(0, 24).mapToObj(i -> ids.get(i % nodes)).toList();
        List<Seat> seats = ids.stream().map(id -> new Seat(id, "zone", 1)).toList();
        return Layout.ofOwners(24, homes, seats, owners).ring();
    }
}
