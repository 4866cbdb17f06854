package io.dynamocart.store.handoff;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Records.ScanOutcome;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The hints for one node: versions on disk, and in memory which keys there are, in the order in which they have their
 * turn. Those that came first have it first; and one that had it, has the next when all others have had theirs.
 */
final class Shelf {

    private record Found(Key key, Instant since) {}

    private final Records records;
    private final Replica replica;
    private final SequencedMap<Key, HintEntry> keys = new LinkedHashMap<>();

    /**
     * What is known of a hint without reading it.
     *
     * @param times how often something was kept under it since the start
     */
    private record HintEntry(int times, Instant since) {

        HintEntry again() {
            return new HintEntry(times + 1, since);
        }
    }

    Shelf(Records records, Replica replica) {
        this.records = records;
        this.replica = replica;
    }

    /** Finds what is on disk. Replies whether it could; if not, it may be opened again. */
    void open(Reply<Boolean> reply) {
        open(null, new ArrayList<>(), reply);
    }

    Replica replica() {
        return replica;
    }

    /** Whether the key is kept already, or there is room for it, which is then taken. */
    boolean admit(Moment now, Key key, int most) {
        boolean admitted = keys.containsKey(key) || keys.size() < most;
        if (admitted) {
            keys.merge(key, new HintEntry(1, now.wall()), (before, _) -> before.again());
        }
        return admitted;
    }

    boolean holds(Key key) {
        return keys.containsKey(key);
    }

    /**
     * Gives up a hint, unless it has changed since it was {@code known}.
     *
     * @param done told whether it is gone
     */
    void forget(Moment now, Key key, Versions known, Reply<Boolean> done) {
        HintEntry entry = keys.get(key);
        replica.forget(now, key, known, (then, written) -> {
            // What was kept while the removal was on its way to the disk is behind it, and stays
            boolean gone = written.isRemoved() && entry != null && keys.remove(key, entry);
            done.accept(then, gone);
        });
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    int size() {
        return keys.size();
    }

    /** Counts the hints; not to be asked for while there are none. */
    HintCount count() {
        Instant oldest = keys.values().stream()
                .map(HintEntry::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new HintCount(keys.size(), oldest);
    }

    /** The keys whose turn it is; none twice. */
    List<Key> nextInTurn(int most) {
        List<Key> next = keys.keySet().stream().limit(most).toList();
        next.forEach(key -> keys.putLast(key, keys.get(key)));
        return next;
    }

    private void open(@Nullable Key after, List<Found> found, Reply<Boolean> reply) {
        records.scan(TokenRange.all(), after, (now, outcome) -> {
            switch (outcome) {
                case ScanOutcome.Page page -> {
                    page.items().forEach(item -> found.add(new Found(item.key(), since(item))));
                    if (page.last()) {
                        found.sort(Comparator.comparing(Found::since));
                        found.forEach(each -> keys.putIfAbsent(each.key, new HintEntry(0, each.since)));
                        reply.accept(now, true);
                    } else {
                        open(page.items().getLast().key(), found, reply);
                    }
                }
                case ScanOutcome.Failed _ -> reply.accept(now, false);
            }
        });
    }

    /** A damaged hint comes first: it is found out and reported when it is to be delivered. */
    private static Instant since(Records.Item item) {
        return item.outcome() instanceof ReadOutcome.Found found
                ? found.record().versions().list().stream()
                        .map(Version::writtenAt)
                        .min(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH)
                : Instant.EPOCH;
    }
}
