package io.dynamocart.store.storage;

import java.io.IOException;

/** The target of a copy of a database: where it is to go. */
public interface CopyTarget {

    /** Opens the target. Called once, by the thread that copies, which may wait here for a disk. */
    CopySink open() throws IOException;

    /**
     * The copy is given up, opened or not. Told once, and never after {@link CopySink#complete} has returned; by any
     * thread, also while another one waits for the disk of the sink, so it must not wait for that.
     */
    void abandon(String why);
}
