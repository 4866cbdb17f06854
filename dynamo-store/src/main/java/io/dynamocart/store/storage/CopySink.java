package io.dynamocart.store.storage;

import java.io.IOException;

/**
 * Takes what is copied out of a database, each location once. Called by one thread at a time, but for {@link #settle};
 * the first exception ends the copy.
 */
public interface CopySink {

    /** Takes what is at a location, in no particular order. */
    void take(byte[] location, byte[] value) throws IOException;

    /** Now and then, at a moment when it may wait for the disk. May be called while another thread gives something. */
    void settle() throws IOException;

    /**
     * All of it was given.
     *
     * @param damaged records that were left out, since they are not what was written
     */
    void complete(long damaged) throws IOException;

    /** Nothing more will come. Never after {@link #complete} has returned. */
    void abandon(String why);
}
