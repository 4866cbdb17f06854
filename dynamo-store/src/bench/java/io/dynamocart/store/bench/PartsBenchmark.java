package io.dynamocart.store.bench;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.storage.RecordCodec;
import io.dynamocart.store.transport.MessageCodec;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the parts of a request cost that need no disk: clocks, merges, codecs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PartsBenchmark {

    private static final Key KEY = Key.of("cart/customer-4711");
    private static final Actor A = new Actor("node-1", 1);
    private static final Actor B = new Actor("node-2", 2);
    private static final Value VALUE = Value.of(new byte[1024]);

    private final Versions before = written(Versions.none(), A, 1, Clock.empty());
    private final Versions after = written(before, A, 2, before.clock());
    private final Versions concurrent = written(before, B, 1, before.clock());
    private final Clock seen = after.clock().join(concurrent.clock());
    private final byte[] encoded = after.encode();
    private final byte[] stored = RecordCodec.encode(KEY, new StoredRecord(after, null));
    private final byte[] frame = frameOf(new Message.ReplicaPut(1, KEY, after));

    private static Versions written(Versions versions, Actor actor, long counter, Clock seen) {
        return versions.write(new Dot(actor, counter), seen, Instant.EPOCH, VALUE, Truncation.off());
    }

    private static byte[] frameOf(Message message) {
        ByteWriter out = new ByteWriter();
        MessageCodec.encode(message, out);
        return out.toByteArray();
    }

    /** A replica takes a version that replaces its own. */
    @Benchmark
    public Versions mergeOfANewerVersion() {
        return before.merge(after);
    }

    /** Two siblings meet. */
    @Benchmark
    public Versions mergeOfSiblings() {
        return after.merge(concurrent);
    }

    @Benchmark
    public Clock joinOfClocks() {
        return after.clock().join(concurrent.clock());
    }

    @Benchmark
    public boolean clockCovers() {
        return seen.covers(after.clock());
    }

    @Benchmark
    public Versions newVersion() {
        return written(before, A, 2, before.clock());
    }

    @Benchmark
    public Versions decodeVersions() {
        return Versions.decode(encoded);
    }

    @Benchmark
    public byte[] encodeRecord() {
        return RecordCodec.encode(KEY, new StoredRecord(after, null));
    }

    @Benchmark
    public StoredRecord decodeRecord() {
        return RecordCodec.decode(KEY, stored);
    }

    @Benchmark
    public byte[] encodeMessage() {
        return frameOf(new Message.ReplicaPut(1, KEY, after));
    }

    @Benchmark
    public Message decodeMessage() {
        return MessageCodec.decode(new ByteReader(frame));
    }
}
