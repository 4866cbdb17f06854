package io.dynamocart.store.simulation;

import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.port.Records.Item;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.storage.RecordCodec;
import io.dynamocart.store.version.Key;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records on a simulated disk, as bytes in their real form: a node's copies, or its hints for one other node. */
final class DiskArea {

    private final NavigableMap<Key, byte[]> records =
            new TreeMap<>(Comparator.comparing(Token::of).thenComparing(Comparator.naturalOrder()));

    DiskArea() {}

    DiskArea(DiskArea other) {
        records.putAll(other.records);
    }

    ReadOutcome peek(Key key) {
        byte[] bytes = records.get(key);
        return bytes == null ? new ReadOutcome.Found(StoredRecord.nothing()) : decode(key, bytes);
    }

    void commit(Key key, StoredRecord record) {
        if (record.equals(StoredRecord.nothing())) {
            records.remove(key);
        } else {
            records.put(key, RecordCodec.encode(key, record));
        }
    }

    /** Some records of the range, behind this key. */
    List<Item> list(TokenRange range, @Nullable Key after, int most) {
        NavigableMap<Key, byte[]> rest = after == null ? records : records.tailMap(after, false);
        return rest.entrySet().stream()
                .filter(entry -> range.contains(Token.of(entry.getKey())))
                .limit(most)
                .map(entry -> new Item(entry.getKey(), decode(entry.getKey(), entry.getValue())))
                .toList();
    }

    List<Key> keys() {
        return List.copyOf(records.keySet());
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    void remove(Key key) {
        records.remove(key);
    }

    boolean holds(Key key) {
        return records.containsKey(key);
    }

    /** Changes a bit of the record of a key that it holds. */
    void flipBit(Key key, SeededRandom random) {
        byte[] changed = Objects.requireNonNull(records.get(key)).clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        records.put(key, changed);
    }

    private static ReadOutcome decode(Key key, byte[] bytes) {
        try {
            return new ReadOutcome.Found(RecordCodec.decode(key, bytes));
        } catch (MalformedBytesException e) {
            return new ReadOutcome.Damaged(String.valueOf(e.getMessage()));
        }
    }
}
