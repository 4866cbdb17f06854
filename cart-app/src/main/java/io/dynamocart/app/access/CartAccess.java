package io.dynamocart.app.access;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;

/**
 * Decides who may use which cart. It asks about the caller of the current thread.
 */
@FunctionalInterface
public interface CartAccess {

    /**
     * Lets the caller use the cart of this name, for all that can be done with one.
     *
     * @throws AuthenticationException if it would take a token
     * @throws AccessDeniedException if it would take another token
     */
    void check(String cart);

    /** Lets anyone use any cart whose name they know. */
    static CartAccess open() {
        return _ -> {};
    }
}
