package io.dynamocart.app.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.util.UriUtils;

/** Makes errors as RFC 9457 wants them, of the kinds that {@link ProblemType} names. */
final class Problem {

    static final String NOTHING_THERE = "there is nothing at this path";

    private Problem() {}

    /** One part of the request that is wrong, as clients see it. */
    record FieldError(String field, String reason) {
        @Override
        public String toString() {
            return field + " " + reason;
        }
    }

    static ProblemDetail of(ProblemType type, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(type.status(), detail);
        problem.setType(type.uri());
        problem.setTitle(type.title());
        return problem;
    }

    static ProblemDetail invalid(String field, String reason) {
        return invalid(List.of(new FieldError(field, reason)));
    }

    /** In an order of its own: those who find them have none. */
    static ProblemDetail invalid(List<FieldError> errors) {
        List<FieldError> sorted = errors.stream()
                .sorted(Comparator.comparing(FieldError::toString))
                .toList();
        String detail = sorted.stream().map(FieldError::toString).collect(Collectors.joining("; "));
        ProblemDetail problem = of(ProblemType.INVALID_REQUEST, detail.isEmpty() ? "The request is not valid" : detail);
        problem.setProperty("errors", sorted);
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
