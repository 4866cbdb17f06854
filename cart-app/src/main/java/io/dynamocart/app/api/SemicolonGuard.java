package io.dynamocart.app.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses a path with a semicolon. Spring would take what follows for a parameter, and serve another cart than the one
 * that is named. It runs behind what finds out who calls.
 */
@Component
class SemicolonGuard extends OncePerRequestFilter {

    private final HandlerExceptionResolver problems;

    SemicolonGuard(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getRequestURI().contains(";")) {
            problems.resolveException(request, response, null, InvalidField.of("path", "must not contain a semicolon"));
        } else {
            chain.doFilter(request, response);
        }
    }
}
