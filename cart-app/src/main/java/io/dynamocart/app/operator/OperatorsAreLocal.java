package io.dynamocart.app.operator;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only callers on the same machine change the ring, since HTTP here has no authentication. What a proxy passes on
 * counts as from elsewhere.
 */
@Component
class OperatorsAreLocal extends OncePerRequestFilter {

    /** What the ring endpoint does, below whatever path it is. */
    private static final List<String> CHANGES = List.of("/ring/plan", "/ring/commit", "/ring/remove");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // Decoded, as it is matched to what handles it
        String path = request.getServletPath();
        return CHANGES.stream().noneMatch(path::endsWith);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean forwarded = request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null;
        if (forwarded || !InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress()) {
            response.sendError(
                    HttpStatus.FORBIDDEN.value(), "the ring is changed from the machine of an instance only");
        } else {
            chain.doFilter(request, response);
        }
    }
}
