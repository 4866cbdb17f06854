package io.dynamocart.store.transport;

import io.netty.channel.Channel;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * The mark that all of this node's messages bear. A mark cuts the time of all nodes into a before and an after, and no
 * node that is before it knows anything from after it (Lai and Yang, "On distributed snapshots", 1987). For the node's
 * thread.
 */
final class Marks {

    private final Outbox outbox;
    private final Supplier<Collection<Channel>> peers;
    /** Those that came from peers; 0 says that there was none yet. */
    private final Set<Long> heard = new HashSet<>(Set.of(0L));

    private LongPredicate filter = _ -> true;

    /** @param peers the connections to all peers */
    Marks(Outbox outbox, Supplier<Collection<Channel>> peers) {
        this.outbox = outbox;
        this.peers = peers;
    }

    /** Asks this of each mark, when it comes first. */
    void ask(LongPredicate newFilter) {
        filter = newFilter;
    }

    long present() {
        return outbox.mark();
    }

    /** Marks all that is sent from now on; a peer hears of it before anything else that is sent. */
    void set(long higher) {
        if (higher <= present()) {
            throw new IllegalArgumentException("mark %d is not above %d".formatted(higher, present()));
        }
        outbox.setMark(higher);
        peers.get().forEach(outbox::sendMark);
    }

    /**
     * It came with a message; there are as many as backups. What is refused once is refused for good: this node has handled what came with it as if it
     * came before the mark. If it took the mark over later, it would be no moment of the cluster's.
     */
    void hear(long mark) {
        if (heard.add(mark) && filter.test(mark) && mark > present()) {
            set(mark);
        }
    }
}
