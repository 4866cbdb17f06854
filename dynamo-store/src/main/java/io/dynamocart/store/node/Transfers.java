package io.dynamocart.store.node;

import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.Move;
import io.dynamocart.store.membership.Progress;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes this node a home replica of the partitions that a plan moves to it, one after the other (paper §4.9):
 *
 * <pre>
 *   copying ── all is here ──▶ asking the old home to stop ── it has ──▶ copying the rest ──▶ taking over
 * </pre>
 *
 * While it copies, the old home answers and counts, and this node gets every write as well. What the old home
 * acknowledged before it stopped is in the second copying, and after that it acknowledges nothing; so this node may
 * count wherever that one did. Where the old home is gone, all the others are copied from. Not thread-safe.
 */
final class Transfers {

    /** How often it looks whether something that it waits for has come about. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final Incarnation self;
    private final Membership membership;
    private final Source source;
    private final Transport transport;
    private final BooleanSupplier mayBegin;
    private final Timers timers;
    private final NodeEvent.Listener listener;
    private final Timers.Timer round;
    private @Nullable Active active;

    /** @param mayBegin false while this node is still removing records of what was not its own before */
    Transfers(
            Incarnation self,
            Membership membership,
            Source source,
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
        Active current = active;
        if (current != null && (progress == null || !current.isStillWanted(progress))) {
            current.abandon();
            active = null;
        }
        if (progress != null) {
            round.set(now.nanos() + ROUND.toNanos());
            Active next = active == null ? next(now, progress).orElse(null) : active;
            active = next;
            if (next != null) {
                next.proceed(now, progress);
            }
        }
    }

    /** The partition that is on its way here, if one is. */
    Optional<TransferReport> report() {
        return Optional.ofNullable(active).map(Active::report);
    }

    private Optional<Active> next(Moment now, Progress progress) {
        return mayBegin.getAsBoolean()
                ? mine(progress)
                        .map(move -> new Active(now, move, progress))
                        .filter(begun -> begun.sources.stream().allMatch(node -> source.isTrusted(now, node)))
                        .findFirst()
                : Optional.empty();
    }

    /** What is still to come here, and not only still to be written down. Of several nodes that get one partition, each waits for the one before it. */
    private Stream<Move> mine(Progress progress) {
        List<Move> unsaid = membership.newest().progress().map(Progress::left).orElse(List.of());
        return progress.left().stream()
                .filter(move -> move.to().equals(self) && unsaid.contains(move))
                .filter(move -> progress.left().stream()
                        .filter(other -> other.partition().equals(move.partition()))
                        .findFirst()
                        .filter(move::equals)
                        .isPresent());
    }

    /** Whom to copy from: the one whose place it takes has all that counts; where it is gone, the others together. */
    private List<NodeId> sourcesOf(Move move) {
        Incarnation giver = move.from();
        return giver != null && !membership.history().isGone(giver)
                ? List.of(giver.node())
                : membership.standing().homesOf(move.partition()).stream()
                        .filter(node -> !node.equals(self.node()))
                        .toList();
    }

    /** One partition on its way here. */
    private final class Active {

        private final Move move;
        private final TokenRange range;
        private final List<NodeId> sources;
        private final Deque<NodeId> left;
        private boolean rest;
        private final Instant begun;
        private @Nullable Copying copying;
        private long keys;

        Active(Moment now, Move move, Progress progress) {
            this.begun = now.wall();
            this.move = move;
            this.range = progress.plan().to().rangeOf(move.partition());
            this.sources = sourcesOf(move);
            this.left = new ArrayDeque<>(sources);
            this.rest = progress.released().contains(move);
        }

        boolean isStillWanted(Progress progress) {
            return progress.left().contains(move)
                    && progress.plan().to().rangeOf(move.partition()).equals(range)
                    && sourcesOf(move).equals(sources);
        }

        void abandon() {
            if (copying != null) {
                copying.abandon();
            }
        }

        void proceed(Moment now, Progress progress) {
            if (copying != null) {
                return;
            }
            if (!left.isEmpty()) {
                copy(now, left.getFirst());
            } else if (rest) {
                takeOver(progress);
            } else if (progress.released().contains(move)) {
                rest = true;
                left.addAll(sources);
                copy(now, left.getFirst());
            } else {
                askForRelease(progress);
            }
        }

        private void copy(Moment now, NodeId from) {
            Copying started = new Copying(source, from, range, timers, (then, whole) -> {
                keys = keys();
                copying = null;
                if (whole) {
                    left.remove(from);
                    Transfers.this.proceed(then);
                }
            });
            copying = started;
            started.start(now);
        }

        TransferReport report() {
            TransferReport.Stage stage = rest
                    ? TransferReport.Stage.COPYING_THE_REST
                    : copying == null && left.isEmpty()
                            ? TransferReport.Stage.AWAITING_RELEASE
                            : TransferReport.Stage.COPYING;
            return new TransferReport(move.partition(), sources, stage, begun, keys());
        }

        private long keys() {
            Copying current = copying;
            return current == null ? keys : keys + current.keys();
        }

        private void askForRelease(Progress progress) {
            for (NodeId giver : sources) {
                transport.send(giver, new Message.Release(progress.plan().id(), List.of(move.partition())));
            }
        }

        private void takeOver(Progress progress) {
            active = null;
            listener.on(new NodeEvent.PartitionTaken(range));
            membership.say(history -> history.takeOver(progress.plan().id(), self, List.of(move.partition())));
        }
    }
}
