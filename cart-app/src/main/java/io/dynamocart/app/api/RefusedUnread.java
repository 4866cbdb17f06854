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
 * Refuses, once it is known who calls, a body that says it is too long, though maybe nobody would read it; and paths with a
 * semicolon, of which Spring would take what follows for a parameter, and serve another cart than the named.
 */
@Component
class RefusedUnread extends OncePerRequestFilter {

    private final HandlerExceptionResolver problems;

    RefusedUnread(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > BodyGuard.MOST_READ) {
            problems.resolveException(request, response, null, BodyGuard.tooLarge());
        } else if (request.getRequestURI().contains(";")) {
            problems.resolveException(request, response, null, InvalidField.of("path", "must not contain a semicolon"));
        } else {
            chain.doFilter(request, response);
        }
    }
}
