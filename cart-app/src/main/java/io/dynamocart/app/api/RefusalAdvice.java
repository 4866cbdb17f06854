package io.dynamocart.app.api;

import io.dynamocart.app.access.Challenge;
import io.dynamocart.app.access.TooManyRequests;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers those who may not call, or not so often, where {@code access} found that out. */
@RestControllerAdvice
@Order(0)
class RefusalAdvice {

    private static final long RETRY_AFTER_SECONDS = 1;

    @ExceptionHandler
    ResponseEntity<ProblemDetail> onTooManyRequests(TooManyRequests refusal) {
        ProblemDetail problem =
                Problem.of(HttpStatus.TOO_MANY_REQUESTS, "rate-limited", "Too many requests", text(refusal));
        return later(problem, refusal.await().plusSeconds(1).minusNanos(1).toSeconds());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> onAuthenticationException(AuthenticationException refusal) {
        Challenge challenge = Challenge.to(refusal);
        ProblemDetail problem = challenge.status() == HttpStatus.UNAUTHORIZED
                ? Problem.of(HttpStatus.UNAUTHORIZED, "unauthorized", "Unauthorized", text(refusal))
                : Problem.of(HttpStatus.BAD_REQUEST, "bad-request", "Bad request", text(refusal));
        return answer(problem)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge.header())
                .body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> onAccessDenied(AccessDeniedException refusal) {
        ProblemDetail problem = Problem.of(
                HttpStatus.FORBIDDEN,
                "forbidden",
                "Forbidden",
                "this token is not for this: a customer's cart is for the token whose subject it is named after, "
                        + "and for the scope carts.all; versions of carts are for the scope carts.versions");
        return answer(problem)
                .header(HttpHeaders.WWW_AUTHENTICATE, Challenge.to(refusal).header())
                .body(problem);
    }

    @ExceptionHandler(AuthenticationServiceException.class)
    ResponseEntity<ProblemDetail> onNobodyToAsk() {
        ProblemDetail problem = Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "tokens-cannot-be-checked",
                "Not available right now",
                "whoever issues the tokens cannot be asked for their keys. Nothing of the request was looked at");
        return later(problem, RETRY_AFTER_SECONDS);
    }

    @ExceptionHandler(RequestRejectedException.class)
    ResponseEntity<ProblemDetail> onRequestRejected() {
        ProblemDetail problem = Problem.of(
                HttpStatus.BAD_REQUEST,
                "bad-request",
                "Bad request",
                "a header or a parameter has characters that none may have");
        return answer(problem).body(problem);
    }

    private static ResponseEntity<ProblemDetail> later(ProblemDetail problem, long seconds) {
        return answer(problem)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds))
                .body(problem);
    }

    private static BodyBuilder answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private static String text(Throwable problem) {
        return String.valueOf(problem.getMessage());
    }
}
