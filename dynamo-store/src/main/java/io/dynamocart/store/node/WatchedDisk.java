package io.dynamocart.store.node;

import io.dynamocart.store.node.UnreadablePlaces.Place;
import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.ForwardingRecords;
import io.dynamocart.store.port.ForwardingStorage;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * This node's disk, that tells each time it cannot be read, and has {@link UnreadablePlaces failed} where that stays so
 * (docs/invariants.md D23): it takes no more versions then. Notes it takes: what it says is synced it has, wherever
 * else it cannot be read, and a node that wrote down no membership any more would answer by an old ring after it was
 * removed, and keep all others from changing theirs. Not thread-safe.
 */
final class WatchedDisk extends ForwardingStorage {

    /** How long whoever reads all that there is waits before it tries a place again that cannot be read. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(15);

    private final NodeEvent.Listener listener;
    private final UnreadablePlaces unreadable = new UnreadablePlaces();
    private final Records copies;
    private final Map<NodeId, Records> hints = new TreeMap<>();

    WatchedDisk(Storage disk, NodeEvent.Listener listener) {
        super(disk);
        this.listener = listener;
        this.copies = new Area(null, disk);
    }

    @Override
    public void read(Key key, Reply<ReadOutcome> reply) {
        copies.read(key, reply);
    }

    @Override
    public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
        copies.scan(range, after, reply);
    }

    @Override
    public DiskState state() {
        return copies.state();
    }

    @Override
    public Records hintsFor(NodeId node) {
        return hints.computeIfAbsent(node, target -> new Area(target, disk.hintsFor(target)));
    }

    private void onFailed(Moment now, Place place, String detail) {
        listener.on(new NodeEvent.ReadFailed(detail, unreadable.onFailed(now, place, detail)));
    }

    /** Its copies, or what it keeps for one other node. */
    private final class Area extends ForwardingRecords {

        private final @Nullable NodeId hintsFor;

        Area(@Nullable NodeId hintsFor, Records records) {
            super(records);
            this.hintsFor = hintsFor;
        }

        @Override
        public void read(Key key, Reply<ReadOutcome> reply) {
            Place place = new Place(hintsFor, null, key);
            super.read(key, (now, outcome) -> {
                if (outcome instanceof ReadOutcome.Failed(String detail)) {
                    onFailed(now, place, detail);
                } else {
                    unreadable.onRead(place);
                }
                reply.accept(now, outcome);
            });
        }

        @Override
        public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
            Place place = new Place(hintsFor, range, after);
            super.scan(range, after, (now, outcome) -> {
                if (outcome instanceof ScanOutcome.Failed(String detail)) {
                    onFailed(now, place, detail);
                } else {
                    unreadable.onRead(place);
                }
                reply.accept(now, outcome);
            });
        }

        @Override
        public DiskState state() {
            String failure = unreadable.failure();
            return failure == null ? super.state() : new DiskState.Failed(failure);
        }
    }
}
