package io.dynamocart.app.lab;

import io.dynamocart.app.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets only callers on this machine use the lab, and only by a name of this machine and the port of an instance, however a
 * name from elsewhere was made to lead here. What browsers send for pages of other sites is for {@link PageGuard} to refuse.
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
        return true;
    }

    private static ResponseStatusException refused(String why) {
        return new ResponseStatusException(HttpStatus.FORBIDDEN, why);
    }
}
