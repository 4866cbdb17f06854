package io.dynamocart.app.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refuses what a client sends too much, before anything of it is read. Only carts are limited. */
final class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimit limit;
    private final HandlerExceptionResolver problems;

    RateLimitFilter(RateLimit limit, HandlerExceptionResolver problems) {
        this.limit = limit;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Routes.isCart(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Duration wait = limit.count(Client.of(request));
        if (wait.isPositive()) {
            problems.resolveException(request, response, null, new TooManyRequests(wait));
        } else {
            chain.doFilter(request, response);
        }
    }
}
