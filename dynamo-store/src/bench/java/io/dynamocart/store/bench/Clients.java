package io.dynamocart.store.bench;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * The clients of one node: virtual threads, each doing one operation after the other. A node's clients read any key, and
 * write those that no other node's clients write, each with the context of its last write, as a client does that has
 * read what it changes.
 */
final class Clients {

    private static final int VALUE_BYTES = 1024;
    private static final long MOST_MICROS = 60_000_000;
    private static final int LOADERS = 64;
    private static final long REST_NANOS = 10_000_000;

    private final DynamoStore store;
    private final int share;
    private final int shares;
    private final int keys;
    private final AtomicReferenceArray<Context> contexts;
    private final ConcurrentHistogram latencies = new ConcurrentHistogram(MOST_MICROS, 3);
    private final List<Thread> running = new ArrayList<>();
    private volatile boolean stopped;

    Clients(DynamoStore store, int share, int shares, int keys) {
        this.store = store;
        this.share = share;
        this.shares = shares;
        this.keys = keys;
        this.contexts = new AtomicReferenceArray<>(keys);
    }

    /** Reads every key of this node's share, or writes it where nobody has, so that each has a context and a value. */
    void load() {
        Semaphore places = new Semaphore(LOADERS);
        List<Thread> loaders = new ArrayList<>();
        for (int k = share; k < keys; k += shares) {
            int key = k;
            places.acquireUninterruptibly();
            loaders.add(Thread.startVirtualThread(() -> {
                try {
                    loadOne(key);
                } finally {
                    places.release();
                }
            }));
        }
        loaders.forEach(Clients::join);
    }

    /** Begins to work; nothing is counted before {@link #mark}. */
    void start(Mix mix, int inFlight) {
        stopped = false;
        for (int i = 0; i < inFlight; i++) {
            long seed = 31L * share + i;
            int lane = i;
            running.add(Thread.startVirtualThread(() -> work(mix, lane, inFlight, new SplittableRandom(seed))));
        }
    }

    /** Counts from now on. */
    void mark() {
        latencies.reset();
    }

    /** Stops, and returns the latencies since the mark. */
    String stop() {
        Histogram counted = latencies.copy();
        stopped = true;
        running.forEach(Clients::join);
        running.clear();
        ByteBuffer buffer = ByteBuffer.allocate(counted.getNeededByteBufferCapacity());
        counted.encodeIntoByteBuffer(buffer);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(buffer.array(), 0, buffer.position());
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private void work(Mix mix, int lane, int lanes, SplittableRandom random) {
        byte[] value = new byte[VALUE_BYTES];
        Arrays.fill(value, (byte) lane);
        while (!stopped) {
            boolean read = random.nextDouble() < mix.reads();
            long begin = System.nanoTime();
            if (read) {
                get(random.nextInt(keys));
            } else {
                int stripe = random.nextInt(keys / shares / lanes);
                write(share + shares * (stripe * lanes + lane), Value.of(value));
            }
            latencies.recordValue(Math.min(MOST_MICROS, (System.nanoTime() - begin) / 1_000));
        }
    }

    private void loadOne(int number) {
        Context found = get(number).context();
        contexts.set(number, found);
        if (found.isEmpty()) {
            write(number, Value.of(new byte[VALUE_BYTES]));
        }
    }

    /** A node that has just been started is soon asked for more than it reads; it says so, and is asked again. */
    private GetResult get(int number) {
        while (true) {
            try {
                return store.get(key(number)).join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof StoreException.Overloaded)) {
                    throw e;
                }
                LockSupport.parkNanos(REST_NANOS);
            }
        }
    }

    private void write(int number, Value value) {
        Context context = contexts.get(number);
        contexts.set(number, store.put(key(number), context, value).join().context());
    }

    private static Key key(int number) {
        return Key.of("key-%08d".formatted(number));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
