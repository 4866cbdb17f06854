package io.dynamocart.store.replica;

import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Mint;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes the record of a slot, each change building on the one before, and replies when it is where it has to be.
 * After a write that failed nothing is written any more: nobody knows what is on that disk. Not thread-safe.
 */
final class Writes {

    private final Records disk;
    private final Slots slots;
    private final int mostVersions;
    private final ObjectBuffer buffer;
    private final CommitListener onCommit;
    private @Nullable String failure;

    /**
     * @param mostVersions siblings that a change may leave behind which issues a dot; their bytes are bounded as well
     */
    Writes(Records disk, Slots slots, int mostVersions, ObjectBuffer buffer, CommitListener onCommit) {
        this.disk = disk;
        this.slots = slots;
        this.mostVersions = mostVersions;
        this.buffer = buffer;
        this.onCommit = onCommit;
    }

    /** Whether a write has failed. */
    boolean hasFailed() {
        return failure != null;
    }

    /** Why nothing is written at present, null as long as it is. */
    @Nullable
    String refusal() {
        if (failure != null) {
            return failure;
        }
        return switch (disk.state()) {
            case DiskState.Fine() -> null;
            case DiskState.Full(String detail) -> detail;
            case DiskState.Failed(String detail) -> detail;
        };
    }

    /**
     * Changes the newest record of a slot that is loaded. One that is damaged is changed like one that holds nothing.
     */
    void change(
            Moment now,
            Key key,
            Slot slot,
            UnaryOperator<StoredRecord> change,
            Durability durability,
            Reply<Written> reply) {
        String refusal = refusal();
        if (refusal != null) {
            reply.accept(now, new Written.DiskFailed(refusal, true));
            return;
        }
        if (slot.outcome() instanceof ReadOutcome.Failed failed) {
            reply.accept(now, new Written.DiskFailed(failed.detail(), true));
            return;
        }
        StoredRecord before = slot.newest();
        StoredRecord after = change.apply(before);
        Mint minted = after.mint();
        Dot issued = minted == null || minted.equals(before.mint()) ? null : minted.dot();
        String excess = issued == null ? null : excess(after.versions());
        if (excess != null) {
            reply.accept(now, new Written.TooManyVersions(excess));
            return;
        }
        if (!slot.isNewest(after)) {
            write(key, slot, after);
        }
        if (durability == Durability.IN_BUFFER && slot.isWriting() && buffer.take(slot)) {
            reply.accept(now, new Written.Buffered(issued, after.versions()));
        } else {
            slot.whenCommitted(now, reply, new Written.Durable(issued, after.versions()));
        }
    }

    /** What the versions have too much of, null if nothing. */
    private @Nullable String excess(Versions versions) {
        if (versions.list().size() > mostVersions) {
            return "%d versions".formatted(mostVersions);
        }
        long bytes = versions.list().stream()
                .flatMap(version -> Stream.ofNullable(version.value()))
                .mapToLong(Value::length)
                .sum();
        return bytes > ReplicaLimits.MAX_BYTES
                ? "more than %d bytes in its versions with this one".formatted(ReplicaLimits.MAX_BYTES)
                : null;
    }

    /** Makes the record the newest of the slot, and writes it. */
    void write(Key key, Slot slot, StoredRecord record) {
        slot.queue(record);
        disk.write(key, record, (now, outcome) -> onWritten(now, key, slot, outcome));
    }

    private void onWritten(Moment now, Key key, Slot slot, WriteOutcome outcome) {
        buffer.onEnding(slot);
        try {
            switch (outcome) {
                case WriteOutcome.Committed() -> {
                    onCommit.onCommitted(
                            key, slot.committed(), slot.committing().versions());
                    slot.commit(now);
                }
                case WriteOutcome.Failed(String detail) -> {
                    failure = detail;
                    slot.fail(now, detail);
                }
            }
        } finally {
            slots.closeIfIdle(key, slot);
        }
    }
}
