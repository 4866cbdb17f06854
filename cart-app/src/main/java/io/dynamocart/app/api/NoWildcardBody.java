package io.dynamocart.app.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses a body that is said to be of any type, such as {@code application/*}. Spring would make that a fault of ours. */
final class NoWildcardBody implements HandlerInterceptor {

    private static final List<MediaType> READ =
            List.of(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotSupportedException {
        String type = request.getContentType();
        if (type != null && handler instanceof HandlerMethod method && readsBody(method)) {
            refuseWildcard(type, HttpMethod.valueOf(request.getMethod()));
        }
        return true;
    }

    /** Whether a method wants to know what a body says. */
    static boolean readsBody(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch((MethodParameter parameter) -> parameter.hasParameterAnnotation(RequestBody.class));
    }

    private static void refuseWildcard(String type, HttpMethod method) throws HttpMediaTypeNotSupportedException {
        try {
            MediaType parsed = MediaType.parseMediaType(type);
            if (!parsed.isConcrete()) {
                throw new HttpMediaTypeNotSupportedException(parsed, READ, method);
            }
        } catch (InvalidMediaTypeException _) {
            // Spring refuses what is no type at all
        }
    }
}
