package io.dynamocart.app.api;

import io.dynamocart.app.api.Problem.FieldError;
import io.dynamocart.app.cart.CartProblem;
import io.dynamocart.app.cart.Identifiers;
import io.dynamocart.app.cart.UnfinishedMerge;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.version.InvalidContextException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;

/** Turns whatever goes wrong into the answer that docs/api.md promises for it. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    private final LaterReleases laterReleases;

    ProblemAdvice() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that never goes back */
    ProblemAdvice(LongSupplier nanos) {
        this.laterReleases = new LaterReleases(nanos);
    }

    @ExceptionHandler
    ResponseEntity<Object> onCartProblem(CartProblem problem, WebRequest request) {
        return switch (problem) {
            case CartProblem.LimitExceeded limit ->
                answer(
                        request,
                        Problem.of(HttpStatus.CONTENT_TOO_LARGE, "limit-exceeded", "Cart too large", text(limit)));
            case CartProblem.Changed changed ->
                answer(
                        request,
                        Problem.of(HttpStatus.PRECONDITION_FAILED, "cart-changed", "Cart has changed", text(changed)));
            case CartProblem.KeyReused reused ->
                answer(
                        request,
                        Problem.of(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "idempotency-key-reused",
                                "Idempotency-Key reused",
                                text(reused)));
            case CartProblem.NothingToCheckOut nothing ->
                answer(
                        request,
                        Problem.of(
                                HttpStatus.NOT_FOUND, "nothing-to-check-out", "Nothing to check out", text(nothing)));
            case CartProblem.ContextNotCovered notCovered -> unavailable(request, text(notCovered));
            case CartProblem.OfLaterRelease later -> notHere(request, later);
            case CartProblem.TooBusy busy -> tooMany(request, text(busy));
        };
    }

    @ExceptionHandler
    ResponseEntity<Object> onStoreException(StoreException problem, WebRequest request, HandlerMethod asked) {
        return switch (problem) {
            case StoreException.Overloaded overloaded -> tooMany(request, text(overloaded));
            case StoreException.OutcomeUnknown unknown ->
                unavailable(
                        request,
                        text(unknown)
                                + ". The same Idempotency-Key makes it safe to send the request again, to any instance");
            case StoreException.TooFewReplicas tooFew ->
                unavailable(request, text(tooFew) + (isWrite(asked) ? ". Nothing was stored" : ". Nothing was read"));
            case StoreException.NotReady notReady -> unavailable(request, text(notReady));
            case StoreException.NotCovered notCovered -> unavailable(request, text(notCovered));
            case StoreException.TooManyVersions tooMany -> unavailable(request, text(tooMany));
        };
    }

    @ExceptionHandler
    ResponseEntity<Object> onUnfinishedMerge(UnfinishedMerge problem, WebRequest request) {
        return unavailable(
                request, text(problem) + ". Send the request again, to any instance; nothing is added twice");
    }

    @ExceptionHandler
    ResponseEntity<Object> onNoSuchItem(NoSuchItem problem, WebRequest request) {
        return answer(request, Problem.of(HttpStatus.NOT_FOUND, "no-such-item", "No such item", text(problem)));
    }

    @ExceptionHandler
    ResponseEntity<Object> onInvalidField(InvalidField problem, WebRequest request) {
        return answer(request, Problem.invalid(List.of(new FieldError(problem.field(), problem.reason()))));
    }

    @ExceptionHandler
    ResponseEntity<Object> onInvalidIdentifier(Identifiers.Invalid problem, WebRequest request) {
        return answer(request, Problem.invalid(List.of(new FieldError(problem.field(), Identifiers.RULE))));
    }

    @ExceptionHandler
    ResponseEntity<Object> onInvalidContext(InvalidContextException problem, WebRequest request) {
        return answer(request, Problem.invalid(List.of(new FieldError(Answers.CART_CONTEXT, text(problem)))));
    }

    @ExceptionHandler
    ResponseEntity<Object> onBodyRefused(BodyGuard.Refusal refusal, WebRequest request) {
        return answer(request, refusal.problem());
    }

    @ExceptionHandler
    ResponseEntity<Object> onInvalidParameter(InvalidParameterException problem, WebRequest request) {
        return answer(
                request,
                Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "bad-request",
                        "Bad request",
                        "the query cannot be decoded, or has too many parameters"));
    }

    @ExceptionHandler({RuntimeException.class, Error.class})
    ResponseEntity<Object> onAnythingElse(Throwable problem, WebRequest request) {
        // The path as it was sent would give away a guest's cart
        log.error(
                "A request failed: {}",
                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST),
                problem);
        return answer(
                request,
                Problem.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        Problem.INTERNAL_ERROR,
                        "Internal error",
                        "This is a fault of the service; its log has the details"));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException problem, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldError> errors = new ArrayList<>();
        problem.getBindingResult()
                .getFieldErrors()
                .forEach(error ->
                        errors.add(new FieldError(error.getField(), String.valueOf(error.getDefaultMessage()))));
        return answer(request, Problem.invalid(errors));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException problem,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(request, Problem.invalid(List.of(new FieldError(problem.getParameterName(), "is missing"))));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException problem, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyGuard.Refusal refusal) {
                return answer(request, refusal.problem());
            }
            if (cause instanceof JacksonException unreadable) {
                return answer(request, Problem.invalid(List.of(blame(unreadable))));
            }
            if (cause instanceof IOException) {
                return answer(request, Problem.invalid(List.of(new FieldError("body", "cannot be read"))));
            }
        }
        return answer(request, Problem.invalid(List.of(new FieldError("body", "is missing"))));
    }

    /** What Spring found wrong comes here too, and gets its type. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            Problem.typed(problem);
            // Spring would take the path for a URI
            problem.setInstance(
                    Problem.instance(((ServletWebRequest) request).getRequest().getRequestURI()));
        }
        // Those of some exceptions cannot be changed
        HttpHeaders own = HttpHeaders.copyOf(headers);
        own.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.createResponseEntity(body, own, status, request);
    }

    private static FieldError blame(JacksonException problem) {
        // A number that is too large for its field is found by the reader, and is JSON all the same
        if (problem instanceof StreamReadException && !(problem instanceof InputCoercionException)) {
            return new FieldError("body", "is not valid JSON, or has a field twice");
        }
        return problem.getPath().isEmpty()
                ? new FieldError("body", "is not a JSON object")
                : new FieldError(
                        String.valueOf(problem.getPath().getFirst().getPropertyName()), "is not of the right type");
    }

    private ResponseEntity<Object> unavailable(WebRequest request, String detail) {
        return later(
                request,
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "too-few-replicas", "Not available right now", detail));
    }

    /** Not a fault: whoever balances the load may send the next try to an instance that reads the cart. */
    private ResponseEntity<Object> notHere(WebRequest request, CartProblem.OfLaterRelease problem) {
        laterReleases.onMet(problem);
        return later(
                request,
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "later-release", "Not available here", text(problem)));
    }

    private ResponseEntity<Object> tooMany(WebRequest request, String detail) {
        return later(request, Problem.of(HttpStatus.TOO_MANY_REQUESTS, "overloaded", "Too many requests", detail));
    }

    private ResponseEntity<Object> later(WebRequest request, ProblemDetail problem) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return answer(request, problem, headers);
    }

    private ResponseEntity<Object> answer(WebRequest request, ProblemDetail problem) {
        return answer(request, problem, new HttpHeaders());
    }

    private ResponseEntity<Object> answer(WebRequest request, ProblemDetail problem, HttpHeaders headers) {
        return createResponseEntity(problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    /** A method that changes carts takes the headers for it; a merge is one though it is a GET. */
    private static boolean isWrite(HandlerMethod asked) {
        return Arrays.stream(asked.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType().equals(WriteHeaders.class));
    }

    private static String text(Throwable problem) {
        return String.valueOf(problem.getMessage());
    }
}
