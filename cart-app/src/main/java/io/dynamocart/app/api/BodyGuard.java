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
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the body of a request to 16 KiB, and to the time of {@code server.tomcat.connection-timeout} for all of it.
 *
 * <p>Tomcat gives that time to each piece of a body, so a client that sends a byte now and then would hold a thread for hours.
 * What nobody has read of a body is read here, so that a client which listens only once it has sent everything sees its
 * answer; Tomcat would do that without a deadline, and is told not to ({@code server.tomcat.max-swallow-size}).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class BodyGuard extends OncePerRequestFilter {

    static final long MOST_READ = DataSize.ofKilobytes(16).toBytes();

    /** How much of a body that nobody reads is read here, as Tomcat would; where more comes, Tomcat ends the connection. */
    private static final long MOST_UNREAD = DataSize.ofMegabytes(2).toBytes();

    private final Duration time;

    BodyGuard(@Value("${server.tomcat.connection-timeout}") Duration time) {
        this.time = time;
    }

    /** Why a body is refused: it is too long, or takes too long. */
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
        if (!body.hasFailed() && !body.isFinished()) {
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

    Refusal tooSlow() {
        return new Refusal(Problem.of(
                ProblemType.BODY_TOO_SLOW,
                "the body of a request has to be there within %d ms".formatted(time.toMillis())));
    }

    private final class Body extends ServletInputStream {
        private final ServletInputStream source;
        private final long begin = System.nanoTime();
        private long left = MOST_READ;
        private boolean failed;

        Body(ServletInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            byte[] next = new byte[1];
            return read(next, 0, 1) < 0 ? -1 : next[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = readNext(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private int readNext(byte[] bytes, int offset, int length) throws IOException {
            try {
                return source.read(bytes, offset, length);
            } catch (IOException e) {
                failed = true;
                if (e.getCause() instanceof SocketTimeoutException) {
                    throw tooSlow();
                }
                throw e;
            }
        }

        /** Then the rest would only be waited for a second time. */
        boolean hasFailed() {
            return failed;
        }

        private void count(int read) {
            if (System.nanoTime() - begin > time.toNanos()) {
                throw tooSlow();
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
