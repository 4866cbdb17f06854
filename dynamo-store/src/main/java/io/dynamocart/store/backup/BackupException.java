package io.dynamocart.store.backup;

import org.jspecify.annotations.Nullable;

/** A backup that cannot be made, or cannot be used. The message says why, for an operator. */
public final class BackupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BackupException(String why) {
        this(why, null);
    }

    BackupException(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
