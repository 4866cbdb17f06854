package io.dynamocart.store.storage;

import java.time.Duration;

/** Waiting for threads to end, also when interrupted. */
final class Threads {

    private Threads() {}

    /** Waits until the thread has ended, whatever that takes. */
    static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the thread has ended, or was never started, within that time. */
    static boolean joinUninterruptibly(Thread thread, Duration atMost) {
        boolean interrupted = false;
        long until = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); left > 0 && thread.isAlive(); left = until - System.nanoTime()) {
            try {
                thread.join(Duration.ofNanos(left));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
