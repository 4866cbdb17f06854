package io.dynamocart.app.api;

/**
 * Thrown for a part of the request that breaks a rule of its own.
 */
final class InvalidField extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String reason;

    private InvalidField(String field, String reason) {
        super(field + " " + reason, null, true, false);
        this.field = field;
        this.reason = reason;
    }

    static InvalidField of(String field, String reason) {
        return new InvalidField(field, reason);
    }

    String field() {
        return field;
    }

    String reason() {
        return reason;
    }
}
