package io.dynamocart.app.api;

import io.dynamocart.app.api.Problem.FieldError;
import java.io.IOException;
import java.util.List;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;

/** What is wrong with a body that could not be read, as clients see it. */
final class UnreadableBody {

    private UnreadableBody() {}

    static ProblemDetail problem(HttpMessageNotReadableException unread) {
        for (Throwable cause = unread; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyGuard.Refusal refusal) {
                return refusal.problem();
            }
            if (cause instanceof JacksonException unreadable) {
                return Problem.invalid(List.of(blame(unreadable)));
            }
            if (cause instanceof IOException) {
                return Problem.invalid("body", "cannot be read");
            }
        }
        return Problem.invalid("body", "is missing");
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
}
