package io.dynamocart.store.storage;

import java.io.Closeable;
import java.io.IOException;

/**
 * Takes what is copied out of a database, each location once. Called by one thread, which may wait here for a disk; the
 * first exception ends the copy.
 */
public interface CopySink extends Closeable {

    /** Takes what is at a location, in no particular order. */
    void take(byte[] location, byte[] value) throws IOException;

    /** Now and then, at a moment when it may wait for the disk. */
    void settle() throws IOException;

    /**
     * All records of the copy were given.
     *
     * @param damaged records that were left out, since they are not what was written
     */
    void complete(long damaged) throws IOException;

    /** Last. What is not complete then was given up, and is of no use. */
    @Override
    void close();
}
