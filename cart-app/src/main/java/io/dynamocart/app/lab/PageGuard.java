package io.dynamocart.app.lab;

import io.dynamocart.app.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses what a browser sends for a page that no instance of this cluster has served. It is for what has effects by GET, of
 * which browsers do not always tell the origin.
 */
final class PageGuard implements HandlerInterceptor {

    private final Origins origins;

    PageGuard(Origins origins) {
        this.origins = origins;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!isOfOurPage(request)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN, "this is for pages of the local cluster only");
        }
        return true;
    }

    /** Of requests that are no reads browsers always tell the origin; of others, at least whether it is the same. */
    private boolean isOfOurPage(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null ? !Caller.isFetchedByAnotherSite(request) : origins.contains(origin);
    }
}
