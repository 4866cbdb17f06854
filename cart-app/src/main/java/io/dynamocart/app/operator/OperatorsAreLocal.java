package io.dynamocart.app.operator;

import io.dynamocart.app.access.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only callers on the same machine change anything by the management endpoints, such as the ring, unless they have
 * proved who they are. Boot puts it where the endpoints are: on the port of the API, or on that of management.
 */
public final class OperatorsAreLocal extends OncePerRequestFilter {

    private static final Set<String> CHANGE_NOTHING = Set.of("GET", "HEAD", "OPTIONS");

    private final String endpoints;

    OperatorsAreLocal(WebEndpointProperties endpoints) {
        this.endpoints = endpoints.getBasePath();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // Decoded, as it is matched to what handles it
        String path = request.getServletPath();
        return CHANGE_NOTHING.contains(request.getMethod())
                || !path.startsWith(endpoints + "/")
                || path.startsWith("/carts/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getUserPrincipal() != null || Caller.isOnThisMachine(request)) {
            chain.doFilter(request, response);
        } else {
            response.sendError(HttpStatus.FORBIDDEN.value(), "changes are taken from the machine of an instance only");
        }
    }
}
