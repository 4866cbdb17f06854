package io.dynamocart.store.port;

import org.jspecify.annotations.Nullable;

/**
 * Thrown where a node cannot start with what its settings name: a directory that is not its to use, an address that is taken.
 * Tells an operator what to do, where a stack trace would not help.
 */
public abstract class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String remedy;

    protected CannotStartException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem + ": " + remedy, cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** What is wrong, in a sentence without a full stop. */
    public final String problem() {
        return problem;
    }

    /** What to do about it. */
    public final String remedy() {
        return remedy;
    }
}
