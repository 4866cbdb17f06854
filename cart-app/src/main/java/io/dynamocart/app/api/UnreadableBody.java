package io.dynamocart.app.api;

import io.dynamocart.app.api.Problem.FieldError;
import java.io.IOException;
import java.util.List;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/** What is wrong with a body that could not be read, as clients see it. */
final class UnreadableBody {

    private static final String WRONG_TYPE = "is not of the right type";

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
        return switch (problem) {
            case StreamConstraintsException _ ->
                new FieldError("body", "has a number or a name that is too long, or is nested too deep");
            // It is found by the reader, and is JSON all the same
            case InputCoercionException coercion ->
                blame(coercion, coercion.getInputType() == JsonToken.VALUE_NUMBER_INT ? "is out of range" : WRONG_TYPE);
            case StreamReadException _ -> new FieldError("body", "is not valid JSON, or has a field twice");
            default -> blame(problem, WRONG_TYPE);
        };
    }

    private static FieldError blame(JacksonException problem, String reason) {
        if (!problem.getPath().isEmpty()) {
            return new FieldError(String.valueOf(problem.getPath().getFirst().getPropertyName()), reason);
        }
        // Nothing else tells the two from each other
        return String.valueOf(problem.getOriginalMessage()).startsWith("Trailing token")
                ? new FieldError("body", "has something behind the JSON object")
                : new FieldError("body", "is not a JSON object");
    }
}
