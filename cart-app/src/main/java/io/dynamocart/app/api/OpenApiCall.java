package io.dynamocart.app.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.HandlerMethod;

/**
 * The part of a call's HTTP that can be read off its method in Java.
 *
 * @param writes whether it has an effect
 * @param reads whether it has a body to read
 * @param tagged whether its answer has a tag, and a context
 * @param collects whether its answer adds to the context that came with it
 * @param mayBeMissing whether what it is about may not be there
 */
record OpenApiCall(boolean writes, boolean reads, boolean tagged, boolean collects, boolean mayBeMissing) {

    static OpenApiCall of(HandlerMethod handler, Described described) {
        List<MethodParameter> parameters = Arrays.asList(handler.getMethodParameters());
        return new OpenApiCall(
                WriteHeaders.areTakenBy(handler),
                NoWildcardBody.readsBody(handler),
                handler.getReturnType().getParameterType().equals(ResponseEntity.class),
                parameters.stream().anyMatch(parameter -> parameter.hasParameterAnnotation(RequestHeader.class)),
                described.mayBeMissing());
    }

    boolean isConditional() {
        return tagged && !writes;
    }

    List<String> requestHeaders() {
        if (writes) {
            return List.of(WriteHeadersResolver.IDEMPOTENCY_KEY, Answers.CART_CONTEXT, HttpHeaders.IF_MATCH);
        }
        if (collects) {
            return List.of(HttpHeaders.IF_NONE_MATCH, Answers.CART_CONTEXT);
        }
        return tagged ? List.of(HttpHeaders.IF_NONE_MATCH) : List.of();
    }

    List<String> answerHeaders() {
        return tagged ? List.of(HttpHeaders.ETAG, Answers.CART_CONTEXT) : List.of();
    }

    List<HttpStatus> errors() {
        List<HttpStatus> errors = new ArrayList<>(List.of(
                HttpStatus.BAD_REQUEST,
                HttpStatus.UNAUTHORIZED,
                HttpStatus.FORBIDDEN,
                HttpStatus.NOT_ACCEPTABLE,
                HttpStatus.TOO_MANY_REQUESTS,
                HttpStatus.SERVICE_UNAVAILABLE));
        if (mayBeMissing) {
            errors.add(HttpStatus.NOT_FOUND);
        }
        if (writes) {
            errors.add(HttpStatus.PRECONDITION_FAILED);
            errors.add(HttpStatus.CONTENT_TOO_LARGE);
            errors.add(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (reads) {
            errors.add(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
            errors.add(HttpStatus.REQUEST_TIMEOUT);
        }
        return errors;
    }
}
