package io.dynamocart.app.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a HEAD where the GET has an effect, which is so of a merge only. Spring gives every HEAD to the method for GET, and
 * whoever sends one, such as a checker of links, expects nothing to happen.
 */
final class NoMergeByHead implements HandlerInterceptor {

    static final String PATH = "/carts/*/merge";

    private static final List<String> ALLOWED = List.of(HttpMethod.GET.name(), HttpMethod.POST.name());

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpRequestMethodNotSupportedException {
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            throw new HttpRequestMethodNotSupportedException(HttpMethod.HEAD.name(), ALLOWED);
        }
        return true;
    }
}
