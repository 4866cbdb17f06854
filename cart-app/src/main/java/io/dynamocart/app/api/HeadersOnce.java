package io.dynamocart.app.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses a request that says more than once what it can say once: which of them would be taken is nobody's to guess. */
final class HeadersOnce implements HandlerInterceptor {

    private static final List<String> NAMES = List.of(WriteHeadersResolver.IDEMPOTENCY_KEY, Answers.CART_CONTEXT);

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        for (String name : NAMES) {
            if (Collections.list(request.getHeaders(name)).size() > 1) {
                throw InvalidField.of(name, "is given more than once");
            }
        }
        return true;
    }
}
