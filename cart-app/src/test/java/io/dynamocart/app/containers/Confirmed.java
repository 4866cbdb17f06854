package io.dynamocart.app.containers;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/** How many writes of all customers each instance has confirmed. */
final class Confirmed {

    private final AtomicIntegerArray byInstance;
    private final AtomicInteger repeated = new AtomicInteger();
    private final Set<Integer> refusals = new ConcurrentSkipListSet<>();
    private volatile boolean over;

    Confirmed(int instances) {
        byInstance = new AtomicIntegerArray(instances);
    }

    void at(int instance) {
        byInstance.incrementAndGet(instance);
    }

    void repeat() {
        repeated.incrementAndGet();
    }

    void refused(int status) {
        refusals.add(status);
    }

    /** Tells the customers to go. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    int at(int... instances) {
        return IntStream.of(instances).map(byInstance::get).sum();
    }

    int total() {
        return IntStream.range(0, byInstance.length()).map(byInstance::get).sum();
    }

    /** Tries after the first of their write. */
    int repeated() {
        return repeated.get();
    }

    /** Statuses of the answers that did not confirm. */
    Set<Integer> refusals() {
        return new TreeSet<>(refusals);
    }
}
