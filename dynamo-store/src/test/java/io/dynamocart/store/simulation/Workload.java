package io.dynamocart.store.simulation;

import java.time.Duration;

/** What clients do to a cluster, and what must hold afterwards. */
public interface Workload {

    /** How long it goes on while things break. */
    default Duration duration() {
        return Duration.ofSeconds(20);
    }

    /** What of the faults drawn it can be expected to survive. */
    default Chaos.Options survivable(Chaos.Options drawn) {
        return drawn;
    }

    void begin();

    /** Clients start nothing new. */
    void end();

    /** Checks the outcome, after everything was healed, every client was answered, and every key repaired. */
    void verify();
}
