package io.dynamocart.store.node;

import io.dynamocart.store.coordination.AdmissionController;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records.Item;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.replica.Trees;
import io.dynamocart.store.replica.Trees.Progress;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that is on this node's disk, again and again: first to make the trees, at half the speed of the disk's
 * reader, so that the other half is left to clients; from then on slowly, to find what has rotted. A ring that is
 * divided differently needs other trees, made as fast. Not thread-safe.
 */
final class Scrubbing {

    /** How often it looks whether there is a ring yet. */
    private static final Duration ROUND = Duration.ofMillis(100);

    /** A page that is not there by then is not waited for: whoever was to reply has thrown, or the reply is lost. */
    static final Duration LOST_AFTER = Duration.ofMinutes(5);

    private final RepairSettings settings;
    private final Supplier<@Nullable Ring> ring;
    private final Trees trees;
    private final Replica replica;
    private final List<Found> found;
    private final BiConsumer<Moment, Key> onDamaged;
    private final AdmissionController admission;
    private final NodeEvent.Listener listener;
    private final Timers.Timer timer;
    /** Whether the trees are not made yet, so that nothing can be compared. */
    private boolean hurried;

    private long asked;
    private long replied;

    /** Told of each record that is read and whole. It may have been written since. */
    @FunctionalInterface
    interface Found {
        void onFound(Moment now, Key key, Versions versions);
    }

    /** @param onDamaged told of each key whose record is damaged */
    Scrubbing(
            RepairSettings settings,
            Supplier<@Nullable Ring> ring,
            Trees trees,
            Replica replica,
            List<Found> found,
            BiConsumer<Moment, Key> onDamaged,
            AdmissionController admission,
            Timers timers,
            NodeEvent.Listener listener) {
        this.settings = settings;
        this.ring = ring;
        this.trees = trees;
        this.replica = replica;
        this.found = List.copyOf(found);
        this.onDamaged = onDamaged;
        this.admission = admission;
        this.listener = listener;
        this.timer = timers.timer(this::onDue);
    }

    void start(Moment now) {
        timer.set(now.nanos());
    }

    private void onDue(Moment now) {
        timer.setIn(now, LOST_AFTER);
        Ring known = ring.get();
        if (known == null) {
            timer.setIn(now, ROUND);
            return;
        }
        hurried |= trees.use(known);
        if (replied < asked) {
            trees.restartRebuild();
        }
        asked++;
        long page = asked;
        trees.advance(now, replica, (then, progress) -> {
            if (page == asked) {
                replied = page;
                onPage(now, then, progress);
            }
        });
    }

    private void onPage(Moment askedAt, Moment now, Progress progress) {
        if (!progress.hasPage()) {
            timer.setIn(now, WatchedDisk.RETRY_AFTER);
            return;
        }
        hurried &= !progress.ended();
        long took = Math.max(1, now.nanos() - askedAt.nanos());
        long usual = hurried ? took : settings.scrubEvery().toNanos();
        timer.set(now.nanos() + admission.pauseAfter(usual));
        if (progress.corrected() > 0) {
            listener.on(new NodeEvent.TreesCorrected(progress.corrected()));
        }
        progress.page().forEach(item -> tell(now, item));
    }

    private void tell(Moment now, Item item) {
        switch (item.outcome()) {
            case ReadOutcome.Found read ->
                found.forEach(
                        each -> each.onFound(now, item.key(), read.record().versions()));
            case ReadOutcome.Damaged _ -> onDamaged.accept(now, item.key());
            case ReadOutcome.Failed _ -> {
                // Nothing is known of it, and the disk has told of it
            }
        }
    }
}
