package io.dynamocart.store.storage;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.NodeThread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads, so that the node's never waits for the disk. Never interrupted, as the committer. It bounds
 * nothing: the node asks for a few reads at a time only.
 */
final class Lookups {

    /** Fewer than the node asks for at one time, so that it asks for more while the others are looked up. */
    private static final int TOLD_AT_ONCE = 4;

    private static final Logger log = LoggerFactory.getLogger(Lookups.class);

    private final NodeThread node;
    private final BatchQueue<Supplier<Consumer<Moment>>> waiting = new BatchQueue<>();
    private final Thread thread;

    Lookups(String name, NodeThread node) {
        this.node = node;
        this.thread = Thread.ofPlatform().name(name + "-reader").start(this::lookAll);
    }

    /** @param lookup run by the reader; what it returns is run by the node's thread. Must not throw */
    void add(Supplier<Consumer<Moment>> lookup) {
        waiting.add(lookup);
    }

    /** Looks up what was asked for, and ends. Blocks. */
    void close() {
        waiting.close();
        Threads.joinUninterruptibly(thread);
    }

    private void lookAll() {
        for (var batch = waiting.takeAll(); !batch.isEmpty(); batch = waiting.takeAll()) {
            for (int next = 0; next < batch.size(); next += TOLD_AT_ONCE) {
                try {
                    lookUp(batch.subList(next, Math.min(batch.size(), next + TOLD_AT_ONCE)));
                } catch (RuntimeException | Error e) {
                    log.error("Nobody could be told what was read", e);
                }
            }
        }
    }

    private void lookUp(List<Supplier<Consumer<Moment>>> lookups) {
        List<Consumer<Moment>> found = new ArrayList<>(lookups.size());
        lookups.forEach(lookup -> found.add(lookup.get()));
        node.executeAll(found);
    }
}
