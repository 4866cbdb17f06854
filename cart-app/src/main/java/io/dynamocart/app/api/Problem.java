package io.dynamocart.app.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.util.UriUtils;

/** Makes errors as RFC 9457 wants them, of the kinds that {@link ProblemType} names. */
final class Problem {

    private Problem() {}

    /** One part of the request that is wrong, as clients see it. */
    record FieldError(String field, String reason) {}

    static ProblemDetail of(ProblemType type, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(type.status(), detail);
        problem.setType(type.uri());
        problem.setTitle(type.title());
        return problem;
    }

    static ProblemDetail invalid(String field, String reason) {
        return invalid(List.of(new FieldError(field, reason)));
    }

    static ProblemDetail invalid(List<FieldError> errors) {
        String detail = errors.stream()
                .map(error -> error.field + " " + error.reason)
                .sorted()
                .reduce((left, right) -> left + "; " + right)
                .orElse("The request is not valid");
        ProblemDetail problem = of(ProblemType.INVALID_REQUEST, detail);
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
            problem.setType(ProblemType.uriOf(HttpStatus.valueOf(problem.getStatus())));
        }
        return problem;
    }
}
