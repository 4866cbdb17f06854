package io.dynamocart.app.api;

import io.dynamocart.app.access.Routes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells browsers and caches in every answer what not to do with it: guess its type, show it in another site's frame,
 * tell other sites its address, or, of a cart, keep a copy for others.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProtectiveHeaders extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (Routes.isCart(request)) {
            // May be kept by its own client, who has to ask each time: that is what the ETag is for
            response.setHeader("Cache-Control", "private, no-cache");
        }
        chain.doFilter(request, response);
    }
}
