package io.dynamocart.app.api;

import io.dynamocart.app.api.Problem.FieldError;
import io.dynamocart.app.cart.CartProblem;
import io.dynamocart.app.cart.Identifiers;
import io.dynamocart.app.cart.UnfinishedMerge;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.version.InvalidContextException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever goes wrong into the answer that docs/api.md promises for it. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final LaterReleases laterReleases;

    ProblemAdvice() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that never goes back */
    ProblemAdvice(LongSupplier nanos) {
        this.laterReleases = new LaterReleases(nanos);
    }

    @ExceptionHandler
    ResponseEntity<Object> onCartProblem(CartProblem problem, HttpServletRequest request) {
        ProblemType type = switch (problem) {
            case CartProblem.LimitExceeded _ -> ProblemType.LIMIT_EXCEEDED;
            case CartProblem.Changed _ -> ProblemType.CART_CHANGED;
            case CartProblem.KeyReused _ -> ProblemType.IDEMPOTENCY_KEY_REUSED;
            case CartProblem.NothingToCheckOut _ -> ProblemType.NOTHING_TO_CHECK_OUT;
            case CartProblem.ContextNotCovered _ -> ProblemType.CONTEXT_NOT_COVERED;
            case CartProblem.OfLaterRelease later -> {
                laterReleases.onMet(later);
                yield ProblemType.LATER_RELEASE;
            }
            case CartProblem.TooBusy _ -> ProblemType.OVERLOADED;
        };
        return ProblemAnswer.of(type, text(problem), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onStoreException(StoreException problem, HttpServletRequest request, HandlerMethod asked) {
        String why = text(problem);
        return switch (problem) {
            case StoreException.Overloaded _ -> ProblemAnswer.of(ProblemType.OVERLOADED, why, request);
            case StoreException.OutcomeUnknown _ ->
                ProblemAnswer.of(
                        ProblemType.OUTCOME_UNKNOWN,
                        why + ". The same Idempotency-Key makes it safe to send the request again, to any instance",
                        request);
            case StoreException.TooFewReplicas _ ->
                ProblemAnswer.of(
                        ProblemType.TOO_FEW_REPLICAS,
                        why + (WriteHeaders.areTakenBy(asked) ? ". Nothing was stored" : ". Nothing was read"),
                        request);
            case StoreException.NotReady _ -> ProblemAnswer.of(ProblemType.NOT_READY, why, request);
            case StoreException.NotCovered _ -> ProblemAnswer.of(ProblemType.CONTEXT_NOT_COVERED, why, request);
            case StoreException.TooManyVersions _ -> ProblemAnswer.of(ProblemType.TOO_MANY_VERSIONS, why, request);
        };
    }

    @ExceptionHandler
    ResponseEntity<Object> onUnfinishedMerge(UnfinishedMerge problem, HttpServletRequest request) {
        return ProblemAnswer.of(
                ProblemType.MERGE_UNFINISHED,
                text(problem) + ". Send the request again, to any instance; nothing is added twice",
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onNoSuchItem(NoSuchItem problem, HttpServletRequest request) {
        return ProblemAnswer.of(ProblemType.NO_SUCH_ITEM, text(problem), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onInvalidField(InvalidField problem, HttpServletRequest request) {
        return ProblemAnswer.of(Problem.invalid(problem.field(), problem.reason()), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onInvalidIdentifier(Identifiers.Invalid problem, HttpServletRequest request) {
        return ProblemAnswer.of(Problem.invalid(problem.field(), Identifiers.RULE), request);
    }

    /** In which way it is none is nothing that its client could mend. */
    @ExceptionHandler(InvalidContextException.class)
    ResponseEntity<Object> onInvalidContext(HttpServletRequest request) {
        return ProblemAnswer.of(
                Problem.invalid(Answers.CART_CONTEXT, "is not one that this service has given for this cart"), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onBodyRefused(BodyGuard.Refusal refusal, HttpServletRequest request) {
        return ProblemAnswer.of(refusal.problem(), request);
    }

    @ExceptionHandler(InvalidParameterException.class)
    ResponseEntity<Object> onInvalidParameter(HttpServletRequest request) {
        return ProblemAnswer.of(
                ProblemType.BAD_REQUEST, "the query cannot be decoded, or has too many parameters", request);
    }

    @ExceptionHandler({RuntimeException.class, Error.class})
    ResponseEntity<Object> onAnythingElse(Throwable problem, HttpServletRequest request) {
        // The path as it was sent would give away a guest's cart
        log.error(
                "A request failed: {}", request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE), problem);
        return ProblemAnswer.of(
                ProblemType.INTERNAL_ERROR, "This is a fault of the service; its log has the details", request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException problem, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldError> errors = problem.getBindingResult().getFieldErrors().stream()
                .map(error -> new FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
                .toList();
        return createResponseEntity(Problem.invalid(errors), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException problem,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return createResponseEntity(
                Problem.invalid(problem.getParameterName(), "is missing"), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException problem, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return createResponseEntity(UnreadableBody.problem(problem), headers, status, request);
    }

    /** Which Spring would call a resource that is missing. */
    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException problem, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return createResponseEntity(
                ProblemDetail.forStatusAndDetail(status, Problem.NOTHING_THERE), headers, status, request);
    }

    /** What Spring found wrong comes here too, and gets its type. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return body instanceof ProblemDetail problem
                ? ProblemAnswer.of(Problem.typed(problem), headers, ((ServletWebRequest) request).getRequest())
                : super.createResponseEntity(body, headers, status, request);
    }

    private static String text(Throwable problem) {
        return String.valueOf(problem.getMessage());
    }
}
