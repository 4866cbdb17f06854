package io.dynamocart.store.node;

import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.Move;
import io.dynamocart.store.membership.PlanId;
import io.dynamocart.store.membership.Progress;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes this node a home replica of the partitions that a plan moves to it (paper §4.9), one {@link Transfer} after the
 * other. While it copies, the old home answers and counts, and this node gets every write as well. What the old home
 * acknowledged before it stopped is in the second copying, and after that it acknowledges nothing; so this node may
 * count wherever that one did. Where the old home is gone, all the others are copied from. Not thread-safe.
 */
final class Transfers {

    /** How often it looks whether something that it waits for has come about. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final Incarnation self;
    private final Membership membership;
    private final TransferSource source;
    private final Transport transport;
    private final BooleanSupplier mayBegin;
    private final Timers timers;
    private final NodeEvent.Listener listener;
    private final Timers.Timer round;
    private @Nullable Transfer active;

    /** @param mayBegin false while this node is still removing records of what was not its own before */
    Transfers(
            Incarnation self,
            Membership membership,
            TransferSource source,
            Transport transport,
            BooleanSupplier mayBegin,
            Timers timers,
            NodeEvent.Listener listener) {
        this.self = self;
        this.membership = membership;
        this.source = source;
        this.transport = transport;
        this.mayBegin = mayBegin;
        this.timers = timers;
        this.listener = listener;
        this.round = timers.timer(this::proceed);
    }

    /** The membership has changed, or time has passed. */
    void proceed(Moment now) {
        Progress progress =
                membership.history().progress().filter(Progress::committed).orElse(null);
        if (progress != null) {
            round.setIn(now, ROUND);
        }
        Transfer current = active;
        if (current != null && (progress == null || !current.isStillWanted(progress, this::sourcesOf))) {
            current.abandon();
            active = null;
        }
        if (progress != null) {
            Transfer next = active == null ? next(now, progress).orElse(null) : active;
            active = next;
            if (next != null && next.proceed(now, progress)) {
                takeOver(progress.plan().id(), next);
            }
        }
    }

    /** The partitions that are on their way here, if any are. */
    Optional<TransferReport> report() {
        return Optional.ofNullable(active).map(Transfer::report);
    }

    private void takeOver(PlanId plan, Transfer ended) {
        active = null;
        ended.ranges().forEach(range -> listener.on(new NodeEvent.PartitionTaken(range)));
        membership.say(history -> history.takeOver(plan, self, ended.partitions()));
    }

    private Optional<Transfer> next(Moment now, Progress progress) {
        if (!mayBegin.getAsBoolean()) {
            return Optional.empty();
        }
        List<Move> mine = mine(progress);
        return mine.stream()
                .filter(move -> sourcesOf(move).stream().allMatch(source::isTrusted))
                .findFirst()
                .map(first -> new Transfer(
                        now,
                        mine.stream()
                                .filter(move -> sourcesOf(move).equals(sourcesOf(first)))
                                .filter(move -> progress.released().contains(move)
                                        == progress.released().contains(first))
                                .toList(),
                        sourcesOf(first),
                        progress,
                        source,
                        transport,
                        timers,
                        this::proceed));
    }

    /**
     * The moves that are still to come here, and not only still to be written down. Of several nodes that get one
     * partition, each waits for the one before it.
     */
    private List<Move> mine(Progress progress) {
        List<Move> unsaid = membership.newest().progress().map(Progress::left).orElse(List.of());
        Set<Partition> taken = new TreeSet<>();
        return progress.left().stream()
                .filter(move -> taken.add(move.partition()) && move.to().equals(self) && unsaid.contains(move))
                .toList();
    }

    /** Whom to copy from: the one whose place it takes has all that counts; where it is gone, the others together. */
    private List<NodeId> sourcesOf(Move move) {
        Incarnation giver = move.from();
        return giver != null && !membership.history().isGone(giver)
                ? List.of(giver.node())
                : membership.activeRing().homesOf(move.partition()).stream()
                        .filter(node -> !node.equals(self.node()))
                        .toList();
    }
}
