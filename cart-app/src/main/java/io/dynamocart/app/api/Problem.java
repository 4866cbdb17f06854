package io.dynamocart.app.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.util.UriUtils;

/** Errors as RFC 9457 wants them. Each kind has a type of its own, so that clients can tell them apart. */
final class Problem {

    static final String INTERNAL_ERROR = "internal-error";

    private static final String TYPES = "urn:dynamo-cart:problem:";

    private Problem() {}

    /** One part of the request that is wrong, as clients see it. */
    record FieldError(String field, String reason) {}

    static ProblemDetail of(HttpStatus status, String type, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPES + type));
        problem.setTitle(title);
        return problem;
    }

    static ProblemDetail invalid(List<FieldError> errors) {
        String detail = errors.stream()
                .map(error -> error.field + " " + error.reason)
                .sorted()
                .reduce((left, right) -> left + "; " + right)
                .orElse("The request is not valid");
        ProblemDetail problem = of(HttpStatus.BAD_REQUEST, "invalid-request", "Invalid request", detail);
        problem.setProperty("errors", errors);
        return problem;
    }

    /** The path of a request that may not even be one. With two slashes in front it would begin with a host (RFC 3986, 4.2). */
    static URI instance(@Nullable String path) {
        if (path == null || !path.startsWith("/")) {
            return URI.create("/");
        }
        if (path.startsWith("//")) {
            return instance("/." + path);
        }
        try {
            return URI.create(path);
        } catch (IllegalArgumentException e) {
            return URI.create(UriUtils.encodePath(path, StandardCharsets.UTF_8));
        }
    }

    /** Gives problems that Spring made a type, so that every problem has one. */
    static ProblemDetail typed(ProblemDetail problem) {
        URI type = problem.getType();
        if (type == null || type.toString().equals("about:blank")) {
            problem.setType(URI.create(TYPES + name(HttpStatus.valueOf(problem.getStatus()))));
        }
        return problem;
    }

    /** A fault of ours is one to clients, whoever came upon it. */
    private static String name(HttpStatus status) {
        return status == HttpStatus.INTERNAL_SERVER_ERROR
                ? INTERNAL_ERROR
                : status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
