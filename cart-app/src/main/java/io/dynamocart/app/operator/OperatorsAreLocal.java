package io.dynamocart.app.operator;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only callers on the same machine change the ring, since HTTP here has no authentication. What a proxy passes on
 * counts as from elsewhere.
 */
@Component
class OperatorsAreLocal extends OncePerRequestFilter {

    private static final String RING = "/actuator/ring/";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().contains(RING);
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
