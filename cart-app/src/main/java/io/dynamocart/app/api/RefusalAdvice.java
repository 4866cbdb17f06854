package io.dynamocart.app.api;

import io.dynamocart.app.access.Challenge;
import io.dynamocart.app.access.TooManyRequests;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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

    @ExceptionHandler
    ResponseEntity<Object> onTooManyRequests(TooManyRequests refusal, HttpServletRequest request) {
        return ProblemAnswer.of(ProblemType.RATE_LIMITED, text(refusal), refusal.await(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onAuthenticationException(AuthenticationException refusal, HttpServletRequest request) {
        Challenge challenge = Challenge.to(refusal);
        ProblemType type =
                challenge.status() == HttpStatus.UNAUTHORIZED ? ProblemType.UNAUTHORIZED : ProblemType.BAD_REQUEST;
        return challenged(type, text(refusal), challenge, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onAccessDenied(AccessDeniedException refusal, HttpServletRequest request) {
        return challenged(
                ProblemType.FORBIDDEN,
                "this token is not for this: a customer's cart is for the token whose subject it is named after, "
                        + "and for the scope carts.all; versions of carts are for the scope carts.versions",
                Challenge.to(refusal),
                request);
    }

    @ExceptionHandler(AuthenticationServiceException.class)
    ResponseEntity<Object> onNobodyToAsk(HttpServletRequest request) {
        return ProblemAnswer.of(
                ProblemType.TOKENS_CANNOT_BE_CHECKED,
                "whoever issues the tokens cannot be asked for their keys. Nothing of the request was looked at",
                request);
    }

    @ExceptionHandler(RequestRejectedException.class)
    ResponseEntity<Object> onRequestRejected(HttpServletRequest request) {
        return ProblemAnswer.of(
                ProblemType.BAD_REQUEST, "a header or a parameter has characters that none may have", request);
    }

    private static ResponseEntity<Object> challenged(
            ProblemType type, String detail, Challenge challenge, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge.header());
        return ProblemAnswer.of(Problem.of(type, detail), headers, request);
    }

    private static String text(Throwable problem) {
        return String.valueOf(problem.getMessage());
    }
}
