package io.dynamocart.app.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Reads at most 16 KiB of any request's body, whatever its headers say about its length. */
@Component
class BodyLimit extends OncePerRequestFilter {

    static final int MAX_BYTES = 16 * 1024;

    /** A body that is longer. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exceeded() {
            super("the body of a request has at most %d bytes".formatted(MAX_BYTES), null, true, false);
        }
    }

    private final HandlerExceptionResolver problems;

    BodyLimit(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            problems.resolveException(request, response, null, new Exceeded());
        } else {
            AtomicInteger length = new AtomicInteger();
            chain.doFilter(
                    new FollowedBody(request, read -> {
                        if (length.addAndGet(read) > MAX_BYTES) {
                            throw new Exceeded();
                        }
                    }),
                    response);
        }
    }
}
