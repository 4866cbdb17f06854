package io.dynamocart.store.codec;

/** Bytes that no writer of ours can have made: cut off, out of bounds, or of an unknown format. */
public final class MalformedBytesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedBytesException(String message) {
        super(message);
    }

    public MalformedBytesException(String message, Throwable cause) {
        super(message, cause);
    }
}
