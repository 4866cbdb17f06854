package io.dynamocart.store.ring;

import io.dynamocart.store.version.Key;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ring, which says who is responsible for which keys: the circle of all positions, cut into partitions, each with
 * its preference list (paper §4.2, §4.3). A value, and a pure function of what it is made of, so that nodes that agree
 * on the members agree on the ring.
 *
 * <p>A key belongs to the partition that ends at or after its own position; a key on the end belongs to that partition.
 *
 * @param ends where the partitions end, ascending
 * @param preferenceLists one for each partition, clockwise
 */
public record Ring(List<Token> ends, List<PreferenceList> preferenceLists) {

    public Ring {
        if (ends.isEmpty() || ends.size() != preferenceLists.size()) {
            throw new IllegalArgumentException(
                    "%d partitions and %d preference lists".formatted(ends.size(), preferenceLists.size()));
        }
        ends = List.copyOf(ends);
        preferenceLists = List.copyOf(preferenceLists);
    }

    /**
     * A ring on which every token ends a partition (strategies 1 and 3).
     *
     * @param homes home replicas per key (N); fewer where there are fewer nodes
     */
    public static Ring of(NavigableMap<Token, NodeId> owners, List<Seat> seats, int homes) {
        return of(List.copyOf(owners.navigableKeySet()), owners, seats, homes);
    }

    /** A ring whose partitions end anywhere; each is held by the nodes met from its end on (strategy 2). */
    static Ring of(List<Token> ends, NavigableMap<Token, NodeId> owners, List<Seat> seats, int homes) {
        Walk walk = new Walk(owners, seats, homes);
        List<PreferenceList> lists = IntStream.range(0, ends.size())
                .mapToObj(i -> walk.preferenceList(new Partition(i), ends.get(i)))
                .toList();
        return new Ring(ends, lists);
    }

    public Partition partitionOf(Key key) {
        return partitionAt(Token.of(key));
    }

    public Partition partitionAt(Token position) {
        int found = Collections.binarySearch(ends, position);
        int index = found >= 0 ? found : -found - 1;
        return new Partition(index == ends.size() ? 0 : index);
    }

    /** Which tokens belong to the partition. */
    public TokenRange rangeOf(Partition partition) {
        int index = partition.index();
        return new TokenRange(ends.get(index == 0 ? ends.size() - 1 : index - 1), ends.get(index));
    }

    /** The partition of exactly these tokens; none if this ring is divided differently. */
    public Optional<Partition> partitionOf(TokenRange range) {
        Partition candidate = partitionAt(range.end());
        return rangeOf(candidate).equals(range) ? Optional.of(candidate) : Optional.empty();
    }

    /** Whether both rings have the same partitions, whoever owns them. */
    public boolean isDividedLike(Ring other) {
        return ends.equals(other.ends);
    }

    public PreferenceList preferenceList(Key key) {
        return preferenceList(partitionOf(key));
    }

    public PreferenceList preferenceList(Partition partition) {
        return preferenceLists.get(partition.index());
    }

    /** The nodes on the ring, ascending. */
    public List<NodeId> nodes() {
        return preferenceLists.getFirst().nodes().stream().sorted().toList();
    }

    /** This ring cut at these positions as well; each piece has the list of the partition it was cut from. */
    public Ring cutAt(List<Token> positions) {
        List<Token> pieces = Stream.concat(ends.stream(), positions.stream())
                .sorted()
                .distinct()
                .toList();
        List<PreferenceList> lists = IntStream.range(0, pieces.size())
                .mapToObj(i -> preferenceList(partitionAt(pieces.get(i))).of(new Partition(i)))
                .toList();
        return new Ring(pieces, lists);
    }
}
