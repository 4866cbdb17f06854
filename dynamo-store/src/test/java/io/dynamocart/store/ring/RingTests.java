package io.dynamocart.store.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The ring of the paper's Figure 2: nodes A to G, one token each, three home replicas per key. */
class RingTests {

    private static final Ring FIGURE_2 = ring("ABCDEFG", "ABCDEFG", 3);

    @Test
    void aKeyBetweenAAndBBelongsToBThenCThenD() {
        Partition partition = FIGURE_2.partitionAt(between('A', 'B'));

        assertThat(names(FIGURE_2.preferenceList(partition).home())).isEqualTo("BCD");
        assertThat(owner(partition)).isEqualTo("B");
    }

    @Test
    void dStoresTheThreeRangesBeforeItAndNoOther() {
        assertThat(rangesStoredBy('D')).containsExactly("(A,B]", "(B,C]", "(C,D]");
    }

    @Test
    void aStoresRangesFromBothSidesOfZero() {
        assertThat(rangesStoredBy('A')).containsExactlyInAnyOrder("(E,F]", "(F,G]", "(G,A]");
    }

    @Test
    void aKeyOnATokenBelongsToThatToken() {
        Partition onB = FIGURE_2.partitionAt(token('B'));
        Partition justBehindB = FIGURE_2.partitionAt(new Token(token('B').high(), 1));

        assertThat(owner(onB)).isEqualTo("B");
        assertThat(owner(justBehindB)).isEqualTo("C");
    }

    @Test
    void positionsBehindTheLastTokenBelongToTheFirst() {
        Token largest = new Token(-1, -1);
        Token smallest = new Token(0, 0);

        assertThat(owner(FIGURE_2.partitionAt(largest))).isEqualTo("A");
        assertThat(owner(FIGURE_2.partitionAt(smallest))).isEqualTo("A");
    }

    @Test
    void aPreferenceListNamesEveryNodeOnceClockwise() {
        PreferenceList list = FIGURE_2.preferenceList(FIGURE_2.partitionAt(between('E', 'F')));

        assertThat(names(list.home())).isEqualTo("FGA");
        assertThat(names(list.standIns())).isEqualTo("BCDE");
        assertThat(list.isHome(new NodeId("A"))).isTrue();
        assertThat(list.isHome(new NodeId("B"))).isFalse();
    }

    @Test
    void theFirstHomeIsOneNodeAndNobodyWhileThereIsNone() {
        List<NodeId> nodes = List.of(new NodeId("B"), new NodeId("C"));
        PreferenceList both = new PreferenceList(new Partition(0), nodes, 2);
        PreferenceList changingHands = new PreferenceList(new Partition(0), nodes, 0, nodes);

        assertThat(nodes).filteredOn(both::isFirstHome).containsExactly(new NodeId("B"));
        assertThat(nodes).noneMatch(changingHands::isFirstHome);
    }

    @Test
    void aNodeWithAdjacentTokensIsOneReplica() {
        Ring ring = ring("ABCDEFG", "ABBBCDE", 3);

        assertThat(homesAt(ring, between('A', 'B'))).isEqualTo("BCD");
        assertThat(homesAt(ring, between('C', 'D'))).isEqualTo("BCD");
        assertThat(homesAt(ring, between('F', 'G'))).isEqualTo("EAB");
    }

    @Test
    void homesLieInDistinctZonesWhileThereAreEnough() {
        Ring ring = ring("ABCDEFG", List.of("x", "y", "y", "y", "z", "x", "x"), 3);
        PreferenceList list = ring.preferenceList(ring.partitionAt(between('A', 'B')));

        assertThat(names(list.home())).as("B in y, E in z, F in x").isEqualTo("BEF");
        assertThat(names(list.standIns())).as("the others, still clockwise").isEqualTo("CDGA");
    }

    @Test
    void homesAreDistinctNodesWhereThereAreTooFewZones() {
        Ring ring = ring("ABCDEFG", List.of("x", "y", "y", "y", "y", "y", "y"), 3);

        assertThat(homesAt(ring, between('A', 'B')))
                .as("one from each zone, then the next clockwise")
                .isEqualTo("BAC");
        assertThat(ring.preferenceLists())
                .allSatisfy(
                        list -> assertThat(list.home()).doesNotHaveDuplicates().hasSize(3));
    }

    @Test
    void withFewerNodesThanNEveryNodeIsHome() {
        Ring ring = ring("ABC", "ABA", 3);

        assertThat(homesAt(ring, between('A', 'B'))).isEqualTo("BA");
        assertThat(homesAt(ring, between('B', 'C'))).isEqualTo("AB");
    }

    @Test
    void aKeyGoesWhereItsHashLies() {
        Key key = Key.of("cart-1");

        assertThat(FIGURE_2.partitionOf(key)).isEqualTo(FIGURE_2.partitionAt(Token.of(key)));
        assertThat(FIGURE_2.preferenceList(key)).isEqualTo(FIGURE_2.preferenceList(FIGURE_2.partitionOf(key)));
    }

    @Test
    void everyTokenNeedsAnOwnerAndEveryKeyAHome() {
        NavigableMap<Token, NodeId> tokens = new TreeMap<>(Map.of(token('A'), new NodeId("A")));
        Seat seat = new Seat(new NodeId("B"), "z", 1);

        assertThatThrownBy(() -> Ring.of(tokens, List.of(seat), 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ring.of(new TreeMap<>(), List.of(seat), 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ring("A", "A", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Tokens at the letters' positions, owned by the nodes of the same index, all in one zone. */
    private static Ring ring(String positions, String owners, int homes) {
        return ring(
                positions,
                owners,
                "z"
                        .repeat(positions.length())
                        .chars()
                        .mapToObj(Character::toString)
                        .toList(),
                homes);
    }

    private static Ring ring(String positions, List<String> zones, int homes) {
        return ring(positions, positions, zones, homes);
    }

    private static Ring ring(String positions, String owners, List<String> zones, int homes) {
        NavigableMap<Token, NodeId> tokens = new TreeMap<>();
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < positions.length(); i++) {
            NodeId owner = new NodeId(owners.substring(i, i + 1));
            tokens.put(token(positions.charAt(i)), owner);
            seats.add(new Seat(owner, zones.get(i), 1));
        }
        return Ring.of(tokens, seats, homes);
    }

    /** A to G lie at even distances, the later ones in the half of the ring that is negative to signed eyes. */
    private static String owner(Partition partition) {
        return FIGURE_2.preferenceList(partition).nodes().getFirst().name();
    }

    private static Token token(char letter) {
        return new Token((letter - 'A' + 1L) << 61, 0);
    }

    private static Token between(char before, char after) {
        return new Token((token(before).high() >>> 1) + (token(after).high() >>> 1), 7);
    }

    private static String homesAt(Ring ring, Token position) {
        return names(ring.preferenceList(ring.partitionAt(position)).home());
    }

    private static List<String> rangesStoredBy(char node) {
        String letters = "ABCDEFG";
        return FIGURE_2.preferenceLists().stream()
                .filter(list -> list.isHome(new NodeId(Character.toString(node))))
                .map(list -> list.partition().index())
                .map(end -> "(%c,%c]".formatted(letters.charAt((end + 6) % 7), letters.charAt(end)))
                .toList();
    }

    private static String names(List<NodeId> nodes) {
        return String.join("", nodes.stream().map(NodeId::name).toList());
    }
}
