package io.dynamocart.app.containers;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/** How many writes of all customers each instance has confirmed. */
final class Confirmed {

    private final AtomicIntegerArray byInstance;
    private final AtomicInteger repeated = new AtomicInteger();
    private final Map<Integer, String> refusals = new ConcurrentSkipListMap<>();
    private volatile boolean over;
    private volatile boolean abandoned;

    Confirmed(int instances) {
        byInstance = new AtomicIntegerArray(instances);
    }

    void at(int instance) {
        byInstance.incrementAndGet(instance);
    }

    void repeat() {
        repeated.incrementAndGet();
    }

    void refused(int status, String answer) {
        refusals.put(status, answer);
    }

    /** Tells the customers to go. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** Tells them that nobody waits for what they are at. */
    void abandon() {
        over = true;
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    int at(int... instances) {
        return IntStream.of(instances).map(byInstance::get).sum();
    }

    /** By instance. */
    @Override
    public String toString() {
        return byInstance.toString();
    }

    int total() {
        return IntStream.range(0, byInstance.length()).map(byInstance::get).sum();
    }

    /** Tries after the first of their write. */
    int repeated() {
        return repeated.get();
    }

    /** Of each status that did not confirm, the latest answer. */
    Map<Integer, String> refusals() {
        return new TreeMap<>(refusals);
    }
}
