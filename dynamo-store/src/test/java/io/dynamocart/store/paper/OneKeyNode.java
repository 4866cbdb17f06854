package io.dynamocart.store.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.replica.CommitListener;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.replica.ReplicaLimits;
import io.dynamocart.store.replica.Written;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A node reduced to its copy of one key, on a disk that is done at once and forgets what the test says. */
final class OneKeyNode {

    static final Key KEY = Key.of("cart-1");

    private final NodeId id;
    private final Truncation truncation;
    private final SeededRandom random;
    private StoredRecord record = StoredRecord.nothing();
    private StoredRecord backup = StoredRecord.nothing();
    private Replica replica;

    OneKeyNode(String name, Truncation truncation, SeededRandom random) {
        this.id = new NodeId(name);
        this.truncation = truncation;
        this.random = random;
        this.replica = start();
    }

    /** Coordinates a put of a client that had seen this; without a value a delete. */
    Dot put(Moment now, @Nullable Value value, Clock seen) {
        List<Written> replies = new ArrayList<>();
        replica.coordinate(now, KEY, seen, value, Long.MAX_VALUE, (_, written) -> replies.add(written));
        assertThat(replies).singleElement().isInstanceOf(Written.Durable.class);
        return Objects.requireNonNull(((Written.Durable) replies.getFirst()).dot());
    }

    /** Receives another node's copy: replication, read repair, hint and handoff alike. */
    void receive(Moment now, Versions copy) {
        replica.merge(now, KEY, copy, (_, _) -> {});
    }

    Versions copy() {
        return record.versions();
    }

    void restart() {
        replica = start();
    }

    /** The key is gone from the disk, be it that the process runs on. */
    void losesTheKey() {
        record = StoredRecord.nothing();
    }

    /** The disk is replaced by an empty one. */
    void isWiped() {
        record = StoredRecord.nothing();
        backup = StoredRecord.nothing();
        restart();
    }

    void isBackedUp() {
        backup = record;
    }

    /** The machine comes up with its last backup, or without what it had not synced. */
    void isRolledBack() {
        record = backup;
        restart();
    }

    private Replica start() {
        ReplicaLimits limits = new ReplicaLimits(10_000, truncation);
        return new Replica(
                id,
                random.nextLong(),
                new InstantDisk(),
                random::nextLong,
                limits,
                (_, _) -> {},
                CommitListener.none());
    }

    private final class InstantDisk implements Records {

        private final Moment now = new Moment(0, Instant.EPOCH);

        @Override
        public StoredRecord recall(Key key) {
            return record;
        }

        @Override
        public void read(Key key, Reply<Storage.ReadOutcome> reply) {
            reply.accept(now, new Storage.ReadOutcome.Found(record));
        }

        @Override
        public void write(Key key, StoredRecord written, Reply<Storage.WriteOutcome> reply) {
            record = written;
            reply.accept(now, new Storage.WriteOutcome.Committed());
        }

        @Override
        public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
            throw new UnsupportedOperationException("a copy of one key is not scanned");
        }
    }
}
