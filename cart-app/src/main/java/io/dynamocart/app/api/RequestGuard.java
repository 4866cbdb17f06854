package io.dynamocart.app.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refuses requests for what their first line or a header says, as the API refuses. It runs behind what finds out who calls. */
abstract class RequestGuard extends OncePerRequestFilter {

    private final HandlerExceptionResolver problems;

    RequestGuard(HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    /** Why a request is refused, null if it is not. */
    abstract @Nullable Exception refusal(HttpServletRequest request);

    @Override
    protected final void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Exception refusal = refusal(request);
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            problems.resolveException(request, response, null, refusal);
        }
    }
}
