package io.dynamocart.store.node;

import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.Move;
import io.dynamocart.store.membership.Progress;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.TransferReport.Stage;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.TokenRange;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Partitions on their way here together, from the same nodes:
 *
 * <pre>
 *   copying, one by one ── all is here ──▶ asking the old home to stop ── it has ──▶ copying the rest ──▶ all is here
 * </pre>
 *
 * Together, since every node writes down each release and each takeover, and then works out its ring anew. Only a few,
 * since from the release to the takeover all of them have one home replica less. Before the release it rests after each
 * page as long as that took, so that clients' requests have at least half of both nodes; the rest, after the release, is
 * copied without a pause. Not thread-safe.
 */
final class Transfer {

    /** Partitions in one transfer at the most. */
    private static final int MOST = 16;

    /** In how many transfers the whole ring would move at the least. */
    private static final int FEWEST = 16;

    /** Keys after which it takes in no more partitions: later it looks once more through all of them for the rest. */
    private static final int ENOUGH = 500;

    private final TransferSource source;
    private final Transport transport;
    private final Timers timers;
    private final Consumer<Moment> onProgress;
    private final List<NodeId> sources;
    private final Instant begun;
    private final Timers.Timer rest;
    private Stage stage;
    private List<Part> parts;
    private boolean hurried;
    private boolean resting;
    private long keys;

    /**
     * @param moves what could come to this node together, of which it takes the first few: their {@code sources} are the
     *     same, and either all or none of them were released
     * @param onProgress told when it can {@link #proceed}
     */
    Transfer(
            Moment now,
            List<Move> moves,
            List<NodeId> sources,
            Progress progress,
            TransferSource source,
            Transport transport,
            Timers timers,
            Consumer<Moment> onProgress) {
        this.source = source;
        this.transport = transport;
        this.timers = timers;
        this.onProgress = onProgress;
        this.sources = sources;
        this.begun = now.wall();
        this.rest = timers.timer(this::onRested);
        this.stage = progress.released().containsAll(moves) ? Stage.COPYING_THE_REST : Stage.COPYING;
        // Begun anew behind the release, by a node that was started anew: the most of it is here
        this.hurried = stage == Stage.COPYING_THE_REST && sources.equals(giversOf(moves));
        this.parts = moves.stream()
                .limit(Math.clamp(progress.plan().to().preferenceLists().size() / FEWEST, 1, MOST))
                .map(move -> new Part(move, progress.plan().to().rangeOf(move.partition())))
                .toList();
    }

    boolean isStillWanted(Progress progress, Function<Move, List<NodeId>> sourcesOf) {
        return parts.stream()
                .allMatch(part -> progress.left().contains(part.move)
                        && progress.plan().to().rangeOf(part.move.partition()).equals(part.range)
                        && sourcesOf.apply(part.move).equals(sources));
    }

    void abandon() {
        rest.cancel();
        parts.forEach(Part::abandon);
    }

    /** Does what is next, and replies whether everything that the sources ever acknowledged is here. */
    boolean proceed(Moment now, Progress progress) {
        if (resting || parts.stream().anyMatch(Part::isOnItsWay)) {
            return false;
        }
        List<Part> missing = parts.stream().filter(part -> !part.isHere()).toList();
        if (!missing.isEmpty()) {
            missing.stream().limit(hurried ? MOST : 1).forEach(part -> part.copy(now));
            return false;
        }
        if (stage == Stage.COPYING_THE_REST) {
            return true;
        }
        if (progress.released().containsAll(moves())) {
            stage = Stage.COPYING_THE_REST;
            hurried = true;
            parts.forEach(Part::begin);
            parts.forEach(part -> part.copy(now));
        } else {
            stage = Stage.AWAITING_RELEASE;
            Message release = new Message.Release(progress.plan().id(), partitions());
            sources.forEach(giver -> transport.send(giver, release));
        }
        return false;
    }

    List<Partition> partitions() {
        return parts.stream().map(part -> part.move.partition()).toList();
    }

    List<TokenRange> ranges() {
        return parts.stream().map(part -> part.range).toList();
    }

    TransferReport report() {
        return new TransferReport(
                partitions(),
                sources,
                stage,
                begun,
                keys + parts.stream().mapToLong(Part::keys).sum());
    }

    /** Whose places the moves take, each node once. */
    private static List<NodeId> giversOf(List<Move> moves) {
        return moves.stream()
                .flatMap(move -> Stream.ofNullable(move.from()))
                .map(Incarnation::node)
                .distinct()
                .toList();
    }

    private List<Move> moves() {
        return parts.stream().map(part -> part.move).toList();
    }

    private void onCopied(Moment now, boolean whole, long pause) {
        if (keys >= ENOUGH && !hurried) {
            parts = parts.stream().filter(part -> part.touched).toList();
        }
        if (!whole) {
            return;
        }
        if (hurried) {
            onProgress.accept(now);
        } else {
            resting = true;
            rest.set(now.nanos() + pause);
        }
    }

    private void onRested(Moment now) {
        resting = false;
        onProgress.accept(now);
    }

    /** One of the partitions. */
    private final class Part {

        private final Move move;
        private final TokenRange range;
        private final Deque<NodeId> left = new ArrayDeque<>();
        private @Nullable Copying copying;
        private boolean touched;

        Part(Move move, TokenRange range) {
            this.move = move;
            this.range = range;
            begin();
        }

        void begin() {
            left.addAll(sources);
        }

        boolean isHere() {
            return left.isEmpty();
        }

        boolean isOnItsWay() {
            return copying != null;
        }

        void copy(Moment now) {
            touched = true;
            NodeId from = left.getFirst();
            Copying.Pace pace = hurried ? Copying.Pace.WITHOUT_REST : source::pauseAfter;
            Copying started = new Copying(source, from, range, pace, timers, (then, whole) -> {
                long pause = copying == null ? 0 : copying.restAfterPage(then);
                keys += keys();
                copying = null;
                if (whole) {
                    left.remove(from);
                }
                onCopied(then, whole, pause);
            });
            copying = started;
            started.start(now);
        }

        long keys() {
            return copying == null ? 0 : copying.keys();
        }

        void abandon() {
            if (copying != null) {
                copying.abandon();
            }
        }
    }
}
