package io.dynamocart.app.lab;

import io.dynamocart.app.access.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A filter that refuses requests to the local cluster by any name but that of this machine. A developer's browser sends those
 * for a page elsewhere which has made its own name lead here (DNS rebinding).
 */
final class LocalNames extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (Caller.hasLocalName(request)) {
            chain.doFilter(request, response);
        } else {
            response.sendError(
                    HttpStatus.FORBIDDEN.value(),
                    "the local cluster is at localhost or 127.0.0.1, and has no other name");
        }
    }
}
