package io.dynamocart.app.cart;

import java.time.Duration;
import java.time.Instant;

/** A node of a {@link CartHistory}: who issues dots, on which side of a partition, and by which clock. */
final class ModelNode {

    private static final int MOST_NODES = 8;

    private final int number;
    private final boolean isHome;
    private final long clockAhead;
    private long start = 1;
    private int side;

    /** @param clockAhead by how many steps of a history its clock is ahead */
    ModelNode(int number, boolean isHome, long clockAhead) {
        this.number = number;
        this.isHome = isHome;
        this.clockAhead = clockAhead;
    }

    String name() {
        return "node-" + number;
    }

    boolean isHome() {
        return isHome;
    }

    /** Which start of the node this is; what a former one issued it does not continue. */
    long start() {
        return start;
    }

    void restart() {
        start++;
    }

    void moveTo(int newSide) {
        side = newSide;
    }

    boolean reaches(ModelNode other) {
        return side == other.side;
    }

    Instant clock(long time) {
        return Instant.EPOCH.plus(steps(time + clockAhead)).plusMillis(number);
    }

    /** The time it is there when it takes up a request: never the same for two, not even on two nodes. */
    Instant clock(long time, int requestsInThisStep) {
        return clock(time).plusMillis((long) requestsInThisStep * MOST_NODES);
    }

    static Duration steps(long count) {
        return Duration.ofSeconds(count);
    }

    @Override
    public String toString() {
        return name();
    }
}
