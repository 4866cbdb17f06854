package io.dynamocart.store.antientropy;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which partition a node compares next, and with whom: each partition that it is a home replica of, with each other
 * home replica, in turn. So between two rounds no pair is forgotten, whatever becomes of the ring meanwhile. Not
 * thread-safe.
 */
public final class Rota {

    private final NodeId self;
    private final long salt;
    private @Nullable Turn last;

    /** One partition to be compared with one peer. */
    public record Turn(Partition partition, NodeId peer) implements Comparable<Turn> {

        private static final Comparator<Turn> ORDER =
                Comparator.comparing(Turn::partition).thenComparing(Turn::peer);

        @Override
        public int compareTo(Turn other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * @param salt a random number: where to begin, so that nodes started together do not all begin at the same place
     */
    public Rota(NodeId self, long salt) {
        this.self = self;
        this.salt = salt;
    }

    /**
     * The next turn; none if there is nobody to compare with.
     *
     * @param reachable who may be expected to answer; the others are passed over until the next round
     */
    public Optional<Turn> next(Ring ring, Predicate<NodeId> reachable) {
        List<Turn> turns = ring.preferenceLists().stream()
                .filter(list -> list.isHome(self))
                .flatMap(this::turns)
                .filter(turn -> reachable.test(turn.peer()))
                .sorted()
                .toList();
        if (turns.isEmpty()) {
            return Optional.empty();
        }
        Turn before = last;
        Turn next = before == null
                ? turns.get((int) Long.remainderUnsigned(salt, turns.size()))
                : turns.stream()
                        .filter(turn -> turn.compareTo(before) > 0)
                        .findFirst()
                        .orElse(turns.getFirst());
        last = next;
        return Optional.of(next);
    }

    /** Whether a turn is among those of this ring. */
    public boolean isOn(Ring ring, Turn turn) {
        if (turn.partition().index() >= ring.preferenceLists().size()) {
            return false;
        }
        PreferenceList list = ring.preferenceList(turn.partition());
        return list.isHome(self) && list.isHome(turn.peer());
    }

    private Stream<Turn> turns(PreferenceList list) {
        return list.home().stream().filter(node -> !node.equals(self)).map(peer -> new Turn(list.partition(), peer));
    }
}
