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
 * Refuses a request whose Content-Length is more than a body may have. It runs behind what finds out who calls, and before
 * anybody reads the body, which for many requests nobody does; a body that does not say its length is for {@link BodyGuard}.
 */
@Component
class ContentLengthGuard extends OncePerRequestFilter {

    private final HandlerExceptionResolver problems;

    ContentLengthGuard(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > BodyGuard.MOST_READ) {
            problems.resolveException(request, response, null, BodyGuard.tooLarge());
        } else {
            chain.doFilter(request, response);
        }
    }
}
