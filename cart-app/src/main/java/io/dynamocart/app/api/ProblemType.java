package io.dynamocart.app.api;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * The kinds of problems that the API answers with, each of a type by which clients tell it from others (docs/api.md,
 * "Errors"). What Spring and Tomcat refuse by themselves is named after its status ({@link Problem#typed}).
 */
enum ProblemType {
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "Invalid request"),
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "Bad request"),
    UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "Unauthorized"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "Forbidden"),
    NO_SUCH_ITEM(HttpStatus.NOT_FOUND, "No such item"),
    NOTHING_TO_CHECK_OUT(HttpStatus.NOT_FOUND, "Nothing to check out"),
    BODY_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "Body too slow"),
    CART_CHANGED(HttpStatus.PRECONDITION_FAILED, "Cart has changed"),
    LIMIT_EXCEEDED(HttpStatus.CONTENT_TOO_LARGE, "Cart too large"),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Body too large"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "Idempotency-Key reused"),
    OVERLOADED(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error"),

    /** Nothing was stored, or nothing read. */
    TOO_FEW_REPLICAS(HttpStatus.SERVICE_UNAVAILABLE, "Not available right now"),
    /** The write may have been kept, and may not. */
    OUTCOME_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE, "Outcome unknown"),
    /** The cluster is not born yet. */
    NOT_READY(HttpStatus.SERVICE_UNAVAILABLE, "Not ready yet"),
    /** What the Cart-Context names cannot be read. */
    CONTEXT_NOT_COVERED(HttpStatus.SERVICE_UNAVAILABLE, "Cart-Context not readable right now"),
    TOO_MANY_VERSIONS(HttpStatus.SERVICE_UNAVAILABLE, "Too many versions of the cart"),
    /** Both carts have some of the guest's lines. */
    MERGE_UNFINISHED(HttpStatus.SERVICE_UNAVAILABLE, "Merge not finished"),
    LATER_RELEASE(HttpStatus.SERVICE_UNAVAILABLE, "Not available here"),
    TOKENS_CANNOT_BE_CHECKED(HttpStatus.SERVICE_UNAVAILABLE, "Not available right now");

    private static final String TYPES = "urn:dynamo-cart:problem:";

    private final HttpStatus status;
    private final String title;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }

    /** What its type ends in. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    URI uri() {
        return URI.create(TYPES + id());
    }

    /** Those of a status. */
    static List<ProblemType> of(HttpStatus status) {
        return Arrays.stream(values()).filter(type -> type.status == status).toList();
    }

    /** The type of what Spring or Tomcat refuses. A fault of ours is one to clients, whoever came upon it. */
    static URI uriOf(HttpStatus status) {
        return status == HttpStatus.INTERNAL_SERVER_ERROR
                ? INTERNAL_ERROR.uri()
                : URI.create(TYPES
                        + status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-'));
    }
}
