package io.dynamocart.store.node;

import io.dynamocart.store.coordination.AdmissionController;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Records.Item;
import io.dynamocart.store.port.Records.ScanOutcome;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands off leftovers: what this node has on disk of partitions that are not its own, which are those it gave away,
 * those of a plan that came to nothing, and all of them once it has left. Such records are hints for the home replicas,
 * and are removed when all of these have them. Page by page, with a rest after each as long as it took. Not
 * thread-safe.
 */
final class LeftoverHandoff {

    /** Time between two looks at everything. */
    private static final Duration ROUND = Duration.ofSeconds(10);

    /**
     * Time between two looks at everything after a round in which all was given that stays here, and would be brought
     * again and again.
     */
    private static final Duration LONG_ROUND = Duration.ofMinutes(10);

    /** Time for one page; what was not delivered in it has its turn in the next round. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ActiveRing activeRing;
    private final Records records;
    private final Replica replica;
    private final Delivery delivery;
    private final AdmissionController admission;
    private final NodeEvent.Listener listener;
    private final Timers.Timer timer;
    private final Deque<TokenRange> ranges = new ArrayDeque<>();
    private @Nullable Ring ring;
    private @Nullable Key position;
    private @Nullable Page page;
    private long begunAt;
    private long restedAt;
    private int removing;
    /** Whether in this round something was given that stays here all the same. */
    private boolean staying;
    /** Whether in this round something could not be given to all. */
    private boolean missing;

    LeftoverHandoff(
            ActiveRing activeRing,
            Records records,
            Replica replica,
            Delivery delivery,
            AdmissionController admission,
            Timers timers,
            NodeEvent.Listener listener) {
        this.activeRing = activeRing;
        this.records = records;
        this.replica = replica;
        this.delivery = delivery;
        this.admission = admission;
        this.listener = listener;
        this.timer = timers.timer(this::onDue);
    }

    /** The membership may have changed. */
    void onChange(Moment now) {
        Ring known = activeRing.ring();
        if (known != null && !known.equals(ring)) {
            ring = known;
            if (page != null) {
                page = null;
                restAfterPage(now);
            }
            ranges.clear();
            // While a plan is carried out, the ring may change more often than a page takes with its rest
            timer.set(Math.max(now.nanos(), restedAt));
        }
    }

    /** Whether records are being removed. */
    boolean isRemoving() {
        return removing > 0;
    }

    private void onDue(Moment now) {
        timer.setIn(now, ROUND);
        Page late = page;
        if (late != null) {
            missing = true;
            late.end(now);
            return;
        }
        if (ranges.isEmpty()) {
            ranges.addAll(foreign());
            position = null;
        }
        if (!ranges.isEmpty()) {
            scan(now, ranges.getFirst());
        }
    }

    /**
     * The ranges that this node is neither home replica of nor about to be, and nobody else is about to be either: who
     * has stopped for another still has what that one copies, and the others that have it are one less than there will
     * be.
     */
    private List<TokenRange> foreign() {
        Ring known = ring;
        return known == null
                ? List.of()
                : known.preferenceLists().stream()
                        .filter(list -> !activeRing.isHomeOrJoining(list))
                        .filter(list -> list.joining().isEmpty())
                        .map(PreferenceList::partition)
                        .map(known::rangeOf)
                        .toList();
    }

    private void scan(Moment now, TokenRange range) {
        Page begun = new Page();
        page = begun;
        begunAt = now.nanos();
        timer.setIn(now, PATIENCE);
        records.scan(range, position, (then, outcome) -> {
            if (page == begun) {
                begun.onScanned(then, outcome);
            }
        });
    }

    private void onPageEnded(Moment now, boolean last) {
        page = null;
        if (last) {
            ranges.removeFirst();
            position = null;
        }
        restAfterPage(now);
        timer.set(ranges.isEmpty() ? now.nanos() + round().toNanos() : restedAt);
    }

    private Duration round() {
        boolean over = staying && !missing;
        staying = false;
        missing = false;
        return over ? LONG_ROUND : ROUND;
    }

    private void restAfterPage(Moment now) {
        restedAt = now.nanos() + admission.pauseAfter(now.nanos() - begunAt);
    }

    /** A page of records on their way to where they belong. */
    private final class Page {

        private final Deque<Item> waiting = new ArrayDeque<>();
        private int underWay;
        private boolean delivering;
        private boolean last = true;

        void onScanned(Moment now, ScanOutcome outcome) {
            if (outcome instanceof ScanOutcome.Page found && !found.items().isEmpty()) {
                waiting.addAll(found.items());
                last = found.last();
                position = found.items().getLast().key();
            }
            deliver(now);
        }

        void end(Moment now) {
            onPageEnded(now, last);
        }

        private void deliver(Moment now) {
            if (delivering) {
                // What was refused at once is followed by the next one here, and not within itself
                return;
            }
            delivering = true;
            try {
                while (page == this && !waiting.isEmpty() && underWay < Handoffs.KEYS_AT_ONCE) {
                    underWay++;
                    deliver(now, waiting.remove());
                }
            } finally {
                delivering = false;
            }
            if (page == this && waiting.isEmpty() && underWay == 0) {
                end(now);
            }
        }

        private void deliver(Moment now, Item item) {
            if (item.outcome() instanceof ReadOutcome.Found found) {
                deliver(now, item.key(), found.record().versions());
            } else {
                recover(now, item.key());
            }
        }

        /**
         * Delivers what has rotted on disk from memory, where it may be whole. Where it is not, it is of no use to
         * anybody, and goes with the rest.
         */
        private void recover(Moment now, Key key) {
            replica.inspect(
                    now,
                    key,
                    (then, copy) ->
                            deliver(then, key, copy instanceof Copy.Held held ? held.versions() : Versions.none()));
        }

        private void deliver(Moment now, Key key, Versions versions) {
            delivery.bring(now, key, versions, (then, brought) -> {
                staying |= brought == Delivery.Result.ALL_BUT_FORMER_SELF;
                missing |= brought == Delivery.Result.INCOMPLETE;
                if (brought == Delivery.Result.COMPLETE && page == this) {
                    remove(then, key, versions);
                }
                underWay--;
                deliver(then);
            });
        }

        /**
         * Removes a delivered record, unless the key has become this node's own again meanwhile, or the record has
         * changed.
         */
        private void remove(Moment now, Key key, Versions versions) {
            if (activeRing.isHomeOrJoining(key)) {
                return;
            }
            removing++;
            replica.forget(now, key, versions, (then, written) -> {
                removing--;
                if (written.isRemoved()) {
                    listener.on(new NodeEvent.LeftoverDelivered(key));
                }
            });
        }
    }
}
