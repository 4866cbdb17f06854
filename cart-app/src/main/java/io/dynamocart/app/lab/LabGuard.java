package io.dynamocart.app.lab;

import io.dynamocart.app.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets only somebody on this machine break things: a terminal, or a page that an instance of this cluster has served. Other
 * sites cannot: neither by a request that a browser sends for them, nor by a name of theirs that leads to this machine.
 */
final class LabGuard implements HandlerInterceptor {

    private final Origins origins;

    LabGuard(Origins origins) {
        this.origins = origins;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!Caller.isOnThisMachine(request)) {
            throw refused("the lab is for callers on the machine of the cluster");
        }
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null || !origins.hasHost(host)) {
            throw refused("the lab is at localhost or 127.0.0.1, and has no other name");
        }
        if (!isOfOurPage(request.getHeader(HttpHeaders.ORIGIN), request.getHeader("Sec-Fetch-Site"))) {
            throw refused("the lab is for pages of this cluster");
        }
        return true;
    }

    /** Of requests that are no reads browsers always tell the origin; of others, at least whether it is the same. */
    private boolean isOfOurPage(@Nullable String origin, @Nullable String site) {
        if (origin != null) {
            return origins.contains(origin);
        }
        return site == null || site.equals("same-origin") || site.equals("none");
    }

    private static ResponseStatusException refused(String why) {
        return new ResponseStatusException(HttpStatus.FORBIDDEN, why);
    }
}
