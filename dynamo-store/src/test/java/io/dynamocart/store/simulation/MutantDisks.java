package io.dynamocart.store.simulation;

import io.dynamocart.store.port.ForwardingStorage;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records.Item;
import io.dynamocart.store.port.Records.ScanOutcome;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome.Committed;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ways in which a node treats its disk wrongly. */
final class MutantDisks {

    private MutantDisks() {}

    static final class EagerDisk extends ForwardingStorage {
        EagerDisk(Storage disk) {
            super(disk);
        }

        @Override
        public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
            disk.write(key, record, (_, _) -> {});
            reply.accept(new Moment(0, Instant.EPOCH), new Committed());
        }
    }

    static final class LeakyDisk extends ForwardingStorage {
        private int writes;

        LeakyDisk(Storage disk) {
            super(disk);
        }

        @Override
        public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
            if (++writes % 100 == 0) {
                disk.writeNote("dropped", new byte[0], reply);
            } else {
                disk.write(key, record, reply);
            }
        }
    }

    static final class ForgivingDisk extends ForwardingStorage {
        ForgivingDisk(Storage disk) {
            super(disk);
        }

        @Override
        public void read(Key key, Reply<ReadOutcome> reply) {
            disk.read(
                    key,
                    (now, outcome) -> reply.accept(
                            now,
                            outcome instanceof ReadOutcome.Damaged
                                    ? new ReadOutcome.Found(StoredRecord.nothing())
                                    : outcome));
        }
    }

    static final class SelfishCount extends ForwardingStorage {
        SelfishCount(Storage disk) {
            super(disk);
        }

        @Override
        public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
            disk.scan(
                    range,
                    after,
                    (now, outcome) -> reply.accept(
                            now,
                            outcome instanceof ScanOutcome.Page(List<Item> items, boolean last)
                                    ? new ScanOutcome.Page(
                                            items.stream()
                                                    .map(SelfishCount::hidden)
                                                    .toList(),
                                            last)
                                    : outcome));
        }

        private static Item hidden(Item item) {
            return item.outcome() instanceof ReadOutcome.Found(StoredRecord record) && record.mint() == null
                    ? new Item(item.key(), new ReadOutcome.Found(StoredRecord.nothing()))
                    : item;
        }
    }

    /** Reads all that it has once, and then never again. */
    static final class HasteOnly extends ForwardingStorage {
        private boolean ended;

        HasteOnly(Storage disk) {
            super(disk);
        }

        @Override
        public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
            boolean count = range.equals(TokenRange.all());
            if (!count || !ended) {
                disk.scan(range, after, (now, outcome) -> {
                    ended |= count && outcome instanceof ScanOutcome.Page page && page.last();
                    reply.accept(now, outcome);
                });
            }
        }
    }
}
