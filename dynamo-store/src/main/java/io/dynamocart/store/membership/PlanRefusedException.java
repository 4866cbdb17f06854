package io.dynamocart.store.membership;

/** A change of the membership that cannot be made, or not now; its message says to an operator why. */
public final class PlanRefusedException extends IllegalArgumentException {

    public PlanRefusedException(String message) {
        super(message);
    }
}
