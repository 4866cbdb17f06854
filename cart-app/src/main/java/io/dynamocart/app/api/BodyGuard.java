package io.dynamocart.app.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Of a body 16 KiB are read at most, and the whole has as long as {@code server.tomcat.connection-timeout}, which Tomcat
 * gives each piece of it: a client that sends a byte now and then would have a thread for hours. What nobody read is read
 * here, so that a client which listens only once it has sent everything sees its answer; Tomcat, which would do that without
 * a deadline, is kept from it ({@code server.tomcat.max-swallow-size}).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class BodyGuard extends OncePerRequestFilter {

    static final long MOST_READ = DataSize.ofKilobytes(16).toBytes();

    /** As Tomcat would; of more than that the connection is ended. */
    private static final long MOST_UNREAD = DataSize.ofMegabytes(2).toBytes();

    private final Duration time;

    BodyGuard(@Value("${server.tomcat.connection-timeout}") Duration time) {
        this.time = time;
    }

    /** Of a body that is longer, or takes longer. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final ProblemDetail problem;

        private Refusal(ProblemDetail problem) {
            super(problem.getDetail(), null, true, false);
            this.problem = problem;
        }

        ProblemDetail problem() {
            return problem;
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Body body = new Body(request.getInputStream());
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public ServletInputStream getInputStream() {
                        return body;
                    }
                },
                response);
        if (!body.isFinished()) {
            response.flushBuffer();
            body.readRest();
            // Else Tomcat would add to an answer that has been given that the rest could not be read
            response.getOutputStream().close();
        }
    }

    static Refusal tooLarge() {
        return new Refusal(Problem.of(
                ProblemType.BODY_TOO_LARGE, "the body of a request has at most %d bytes".formatted(MOST_READ)));
    }

    private final class Body extends ServletInputStream {
        private final ServletInputStream source;
        private final long begin = System.nanoTime();
        private long left = MOST_READ;

        Body(ServletInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            int next = source.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = source.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            if (System.nanoTime() - begin > time.toNanos()) {
                throw new Refusal(Problem.of(
                        ProblemType.BODY_TOO_SLOW,
                        "the body of a request has to be there within %d ms".formatted(time.toMillis())));
            }
            left -= read;
            if (left < 0) {
                throw tooLarge();
            }
        }

        void readRest() {
            left = MOST_UNREAD;
            try {
                transferTo(OutputStream.nullOutputStream());
            } catch (Refusal | IOException _) {
                // Then Tomcat ends the connection
            }
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
