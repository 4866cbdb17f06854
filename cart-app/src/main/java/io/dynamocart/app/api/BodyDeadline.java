package io.dynamocart.app.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives the whole body of a request as long as {@code server.tomcat.connection-timeout}, which Tomcat gives each piece of
 * it: a client that sends a byte now and then would have a thread for hours. What nobody read of a body is read here, so
 * that a client which listens only once it has sent everything sees its answer; Tomcat, which would do that without a
 * deadline, is kept from it ({@code server.tomcat.max-swallow-size}).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class BodyDeadline extends OncePerRequestFilter {

    /** A body that takes longer. */
    static final class Missed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missed(Duration time) {
            super("the body of a request has to be there within %d ms".formatted(time.toMillis()), null, true, false);
        }
    }

    /** As Tomcat would; of more than that the connection is ended. */
    private static final long MOST_UNREAD = DataSize.ofMegabytes(2).toBytes();

    private final Duration time;

    BodyDeadline(@Value("${server.tomcat.connection-timeout}") Duration time) {
        this.time = time;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long begin = System.nanoTime();
        var body = new FollowedBody(request, _ -> {
            if (System.nanoTime() - begin > time.toNanos()) {
                throw new Missed(time);
            }
        });
        chain.doFilter(body, response);
        if (!body.getInputStream().isFinished()) {
            response.flushBuffer();
            readRest(body);
        }
    }

    private static void readRest(HttpServletRequest body) {
        try {
            body.getInputStream().skipNBytes(MOST_UNREAD);
        } catch (Missed | IOException _) {
            // Then Tomcat ends the connection
        }
    }
}
