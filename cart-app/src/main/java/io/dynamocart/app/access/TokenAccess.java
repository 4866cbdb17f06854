package io.dynamocart.app.access;

import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Lets a token use the cart that is named after its subject, and anybody a guest's cart whose name they know, which has to be
 * too long to be guessed. A back office may have a scope for all carts.
 */
final class TokenAccess implements CartAccess, AuthorizationManager<RequestAuthorizationContext> {

    /** Authority for all carts. */
    static final String ALL_CARTS = "SCOPE_carts.all";

    /** Authority for what replicas hold of carts, of all of them. */
    static final String VERSIONS = "SCOPE_carts.versions";

    /** The part of the path, and of patterns for it, that names the cart. */
    static final String CART = "customerId";

    private static final String GUEST = "guest:";

    /** 32 characters are 128 bits even where they are hexadecimal digits. */
    private static final Pattern UNGUESSABLE = Pattern.compile(GUEST + ".{32,}");

    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext request) {
        String cart = Objects.requireNonNull(request.getVariables().get(CART), "a path without a cart");
        return new AuthorizationDecision(isAllowed(caller.get(), cart));
    }

    @Override
    public void check(String cart) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (isAllowed(caller, cart)) {
            return;
        }
        if (!trust.isAuthenticated(caller)) {
            throw new InsufficientAuthenticationException("the cart to be merged is not a guest's");
        }
        throw new AccessDeniedException("not the caller's cart");
    }

    private boolean isAllowed(@Nullable Authentication caller, String cart) {
        if (cart.startsWith(GUEST)) {
            return UNGUESSABLE.matcher(cart).matches();
        }
        return caller != null
                && trust.isAuthenticated(caller)
                && (cart.equals(caller.getName()) || has(caller, ALL_CARTS));
    }

    private static boolean has(Authentication caller, String authority) {
        return caller.getAuthorities().stream().anyMatch(given -> authority.equals(given.getAuthority()));
    }
}
