package io.dynamocart.app.api;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses a path with a semicolon. Spring would take what follows for a parameter, and serve another cart than the one
 * that is named.
 */
@Component
final class SemicolonGuard extends RequestGuard {

    SemicolonGuard(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        super(problems);
    }

    @Override
    @Nullable
    Exception refusal(HttpServletRequest request) {
        return request.getRequestURI().contains(";") ? InvalidField.of("path", "must not contain a semicolon") : null;
    }
}
