package io.dynamocart.store.runtime;

import io.dynamocart.store.transport.EventLoopThread;

/** Wakes a node when it wants to be woken, with as few timers of the loop as possible. For the node's thread. */
final class Alarm {

    private final EventLoopThread loop;
    private final Runnable onRing;
    private long setTo = Long.MAX_VALUE;

    Alarm(EventLoopThread loop, Runnable onRing) {
        this.loop = loop;
        this.onRing = onRing;
    }

    /** Rings at {@code wakeAt}, on the clock of {@link System#nanoTime}, unless it rings before anyway. */
    void set(long now, long wakeAt) {
        if (wakeAt < setTo) {
            setTo = wakeAt;
            loop.schedule(() -> ring(wakeAt), Math.max(0, wakeAt - now));
        }
    }

    private void ring(long time) {
        if (setTo == time) {
            setTo = Long.MAX_VALUE;
        }
        onRing.run();
    }
}
