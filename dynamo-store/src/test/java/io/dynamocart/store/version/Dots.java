package io.dynamocart.store.version;

import java.util.List;
import java.util.stream.LongStream;

/** The dots of a clock, found one by one. */
public final class Dots {

    private Dots() {}

    public static List<Dot> in(Clock clock) {
        return clock.actors().stream()
                .flatMap(
                        actor -> LongStream.rangeClosed(1, clock.highest(actor)).mapToObj(n -> new Dot(actor, n)))
                .filter(clock::contains)
                .toList();
    }
}
