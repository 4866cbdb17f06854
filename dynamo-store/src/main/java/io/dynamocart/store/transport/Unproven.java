package io.dynamocart.store.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of callers who have not proven yet that they belong to the cluster, in the order in which they came. Each has so
 * much time; and whoever opens thousands of them takes neither files nor memory away from peers. For the node's thread.
 */
final class Unproven {

    /** Many times what a large cluster needs when all its nodes call at once. */
    static final int MOST = 512;

    private static final Logger log = LoggerFactory.getLogger(Unproven.class);

    private final EventLoopThread loop;
    private final LongSupplier clock;
    private final long patience;
    private final SequencedMap<Channel, Long> since = new LinkedHashMap<>();
    private boolean sweeping;
    private boolean crowded;

    /**
     * Nobody has called yet.
     *
     * @param clock in nanoseconds
     * @param patience how long a proof may take
     */
    Unproven(EventLoopThread loop, LongSupplier clock, Duration patience) {
        this.loop = loop;
        this.clock = clock;
        this.patience = patience.toNanos();
    }

    /** Somebody calls. Where there are too many the oldest goes: a peer needs a moment only, and must find a place. */
    void add(Channel channel) {
        since.put(channel, clock.getAsLong());
        ChannelFuture _ = channel.closeFuture().addListener(_ -> remove(channel));
        if (since.size() > MOST) {
            tellCrowded();
            closeOldest();
        }
        sweepLater();
    }

    /** It is that of a peer. */
    void onProven(Channel channel) {
        remove(channel);
    }

    private void remove(Channel channel) {
        since.remove(channel);
        crowded &= !since.isEmpty();
    }

    private void sweep() {
        sweeping = false;
        long now = clock.getAsLong();
        while (!since.isEmpty() && now - since.firstEntry().getValue() >= patience) {
            closeOldest();
        }
        sweepLater();
    }

    private void sweepLater() {
        if (!sweeping && !since.isEmpty()) {
            sweeping = true;
            long due = since.firstEntry().getValue() + patience;
            loop.schedule(this::sweep, Math.max(0, due - clock.getAsLong()));
        }
    }

    private void closeOldest() {
        Channel oldest = since.firstEntry().getKey();
        remove(oldest);
        ChannelFuture _ = oldest.close();
    }

    private void tellCrowded() {
        if (!crowded) {
            crowded = true;
            log.warn(
                    "More than {} connections have not proven that they are of this cluster; the oldest are closed. "
                            + "Let nobody but its nodes reach the port of this one",
                    MOST);
        }
    }
}
