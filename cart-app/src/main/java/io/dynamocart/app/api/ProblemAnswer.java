package io.dynamocart.app.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** The answer that a problem becomes: its form, its headers, and the request that it is about. */
final class ProblemAnswer {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private ProblemAnswer() {}

    static ResponseEntity<Object> of(ProblemType type, String detail, HttpServletRequest request) {
        return of(Problem.of(type, detail), request);
    }

    static ResponseEntity<Object> of(ProblemDetail problem, HttpServletRequest request) {
        return of(problem, HttpHeaders.EMPTY, request);
    }

    /** To a client that may come again after a while. */
    static ResponseEntity<Object> of(ProblemType type, String detail, Duration wait, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, inSeconds(wait));
        return of(Problem.of(type, detail), headers, request);
    }

    /** With these headers beside those of every problem; who has to wait is told for how long. */
    static ResponseEntity<Object> of(ProblemDetail problem, HttpHeaders headers, HttpServletRequest request) {
        return of(problem, headers, request.getRequestURI());
    }

    /** @param path of the request that it is about */
    static ResponseEntity<Object> of(ProblemDetail problem, HttpHeaders headers, String path) {
        HttpStatus status = HttpStatus.valueOf(problem.getStatus());
        // Spring would take the path for a URI
        problem.setInstance(Problem.instance(path));
        // Those of some exceptions cannot be changed
        HttpHeaders own = HttpHeaders.copyOf(headers);
        own.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (hasToWait(status) && !own.containsHeader(HttpHeaders.RETRY_AFTER)) {
            own.set(HttpHeaders.RETRY_AFTER, inSeconds(RETRY_AFTER));
        }
        return new ResponseEntity<>(problem, own, status);
    }

    /** Whether a problem of this status goes by itself. */
    static boolean hasToWait(HttpStatus status) {
        return status == HttpStatus.TOO_MANY_REQUESTS || status == HttpStatus.SERVICE_UNAVAILABLE;
    }

    /** Not too early. */
    private static String inSeconds(Duration wait) {
        return Long.toString(wait.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
