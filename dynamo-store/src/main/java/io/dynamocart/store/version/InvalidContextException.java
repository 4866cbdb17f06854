package io.dynamocart.store.version;

/** A context that this store did not give out for this key, or that was changed on the way. */
public final class InvalidContextException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidContextException(String message) {
        super(message);
    }
}
