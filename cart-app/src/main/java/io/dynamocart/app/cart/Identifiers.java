package io.dynamocart.app.cart;

import java.util.regex.Pattern;

/** What identifiers of carts and items may look like: safe in a URL, and not too long. */
public final class Identifiers {

    /** In words, for error messages. */
    public static final String RULE = "must be 1 to 128 characters of A-Z a-z 0-9 . _ ~ - :";

    /** As a regular expression. */
    public static final String FORM = "^[A-Za-z0-9._~:-]{1,128}$";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private Identifiers() {}

    /** Thrown for an identifier that breaks the rule. */
    public static final class Invalid extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String field;

        Invalid(String field) {
            super(field + " " + RULE);
            this.field = field;
        }

        /** Name of the field that holds it. */
        public String field() {
            return field;
        }
    }

    static void check(String field, String value) {
        if (!PATTERN.matcher(value).matches()) {
            throw new Invalid(field);
        }
    }
}
