package io.dynamocart.store.storage;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.NodeThread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The thread that reads, so that the node's never waits for the disk. Never interrupted, as the committer. */
final class Lookups {

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
            List<Consumer<Moment>> found = new ArrayList<>(batch.size());
            batch.forEach(lookup -> found.add(lookup.get()));
            node.execute(now -> found.forEach(each -> each.accept(now)));
        }
    }
}
