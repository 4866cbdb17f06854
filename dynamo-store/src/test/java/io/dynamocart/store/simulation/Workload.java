package io.dynamocart.store.simulation;

/** What clients do to a cluster, and what must hold afterwards. */
public interface Workload {

    void begin();

    /** Clients start nothing new. */
    void end();

    /** Checks the outcome, after everything was healed, every client was answered, and every key repaired. */
    void verify();
}
