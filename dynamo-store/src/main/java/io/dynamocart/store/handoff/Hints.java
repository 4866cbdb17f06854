package io.dynamocart.store.handoff;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.replica.Written;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The hints of a node: what it keeps for others while they cannot be reached (paper §4.6), apart from its own copies.
 * For each of them there is one set of versions a key, so that a key written a thousand times is one hint. A hint is
 * never given up to make room: a node that keeps as many as it may takes no more. Not thread-safe.
 */
public final class Hints {

    private final Storage storage;
    private final Function<Records, Replica> replicas;
    private final int most;
    private final Map<NodeId, Shelf> shelves = new TreeMap<>();
    private int unread;
    private boolean opened;

    /**
     * Knows nothing before {@link #open}.
     *
     * @param replicas makes a replica of the records kept for one node: merging and writing are done as everywhere
     * @param most keys that may be kept for one node
     */
    public Hints(Storage storage, Function<Records, Replica> replicas, int most) {
        if (most < 0) {
            throw new IllegalArgumentException("at most %d hints".formatted(most));
        }
        this.storage = storage;
        this.replicas = replicas;
        this.most = most;
    }

    /**
     * Finds what was kept before this start; reads and requests must wait for that. Replies whether it could be read;
     * if not, it may be opened again.
     */
    public void open(Moment now, Reply<Boolean> reply) {
        List<NodeId> targets = storage.hintedNodes();
        unread = targets.size();
        opened = true;
        if (unread == 0) {
            reply.accept(now, true);
        }
        targets.forEach(target -> shelf(target).open((then, read) -> {
            opened &= read;
            if (--unread == 0) {
                reply.accept(then, opened);
            }
        }));
    }

    /** Keeps versions for a node; replies {@link Written.Full} if too much is kept for it already. */
    public void keep(Moment now, NodeId target, Key key, Versions versions, Reply<Written> reply) {
        onto(now, target, key, reply, replica -> replica.merge(now, key, versions, reply));
    }

    /**
     * Writes a new version for a node, under a dot of this one.
     *
     * @param value null for a tombstone
     * @param until when whoever asks will have ceased to wait, on the clock of {@link Moment#nanos}
     */
    public void coordinate(
            Moment now, NodeId target, Key key, Clock seen, @Nullable Value value, long until, Reply<Written> reply) {
        onto(now, target, key, reply, replica -> replica.coordinate(now, key, seen, value, until, reply));
    }

    /** Whether anything is kept under the key, for whomever, or may be, as long as that is not known. */
    public boolean hold(Key key) {
        boolean known = opened && unread == 0;
        return !known || shelves.values().stream().anyMatch(shelf -> shelf.holds(key));
    }

    /** Joins what is kept under the key, for whomever, to this node's own copy. */
    public void joinTo(Moment now, Copy own, Key key, Reply<Copy> reply) {
        List<Shelf> holding =
                shelves.values().stream().filter(shelf -> shelf.holds(key)).toList();
        join(now, own, key, holding.iterator(), reply);
    }

    /** Replies with what is kept under the key for one node. */
    public void get(Moment now, NodeId target, Key key, Reply<Copy> reply) {
        shelf(target).replica().get(now, key, reply);
    }

    /**
     * Gives up a hint, unless it has changed since it was {@code known}. One that is damaged is known as no versions.
     *
     * @param done told whether it is gone
     */
    public void forget(Moment now, NodeId target, Key key, Versions known, Reply<Boolean> done) {
        shelf(target).forget(now, key, known, done);
    }

    /** How many keys are kept for each node; none where there are none. */
    public Map<NodeId, Integer> counts() {
        Map<NodeId, Integer> counts = new TreeMap<>();
        shelves.forEach((target, shelf) -> {
            if (!shelf.isEmpty()) {
                counts.put(target, shelf.size());
            }
        });
        return counts;
    }

    /** How many keys are kept for each node, and for how long; in the order of the nodes. */
    public Map<NodeId, HintCount> report() {
        Map<NodeId, HintCount> report = new TreeMap<>();
        shelves.forEach((target, shelf) -> {
            if (!shelf.isEmpty()) {
                report.put(target, shelf.count());
            }
        });
        return report;
    }

    /**
     * The keys that are to be brought to a node next: those kept longest first, and then in turn, so that none that it
     * does not take keeps the others from it.
     */
    public List<Key> nextInTurn(NodeId target, int most) {
        return shelf(target).nextInTurn(most);
    }

    private void onto(Moment now, NodeId target, Key key, Reply<Written> reply, Consumer<Replica> write) {
        Shelf shelf = shelf(target);
        String refusal = shelf.replica().refusal();
        if (refusal != null) {
            // Before a place is taken for what will not be there
            reply.accept(now, new Written.DiskFailed(refusal, true));
        } else if (shelf.admit(now, key, most)) {
            write.accept(shelf.replica());
        } else {
            reply.accept(now, new Written.Full(most));
        }
    }

    private static void join(Moment now, Copy joined, Key key, Iterator<Shelf> holding, Reply<Copy> reply) {
        if (holding.hasNext()) {
            Replica kept = holding.next().replica();
            kept.get(
                    now,
                    key,
                    (then, copy) -> join(then, joined.join(copy).join(onItsWay(kept, key)), key, holding, reply));
        } else {
            reply.accept(now, joined);
        }
    }

    /**
     * What a disk that stands still keeps under a key cannot be told: else a read of all would take for settled what is
     * brought to its home once this disk takes writes again.
     */
    private static Copy onItsWay(Replica kept, Key key) {
        String standstill = kept.standstill(key);
        return standstill == null ? new Copy.Held(Versions.none()) : new Copy.Unreadable(standstill);
    }

    private Shelf shelf(NodeId target) {
        return shelves.computeIfAbsent(target, unknown -> {
            Records records = storage.hintsFor(unknown);
            return new Shelf(records, replicas.apply(records));
        });
    }
}
