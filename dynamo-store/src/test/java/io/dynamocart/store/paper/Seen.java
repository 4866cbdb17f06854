package io.dynamocart.store.paper;

import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import java.util.Set;
import java.util.TreeSet;

/** What a client has seen, as the store tells it and as the naive model knows it. */
record Seen(Clock clock, Set<Dot> dots) {

    static final Seen NOTHING = new Seen(Clock.empty(), new TreeSet<>());

    /** After a put of its own. */
    Seen and(Dot put) {
        Set<Dot> both = new TreeSet<>(dots);
        both.add(put);
        return new Seen(clock.with(put), both);
    }
}
