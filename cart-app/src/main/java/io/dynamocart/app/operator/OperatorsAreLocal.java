package io.dynamocart.app.operator;

import io.dynamocart.app.access.Caller;
import io.dynamocart.app.access.Routes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Lets only callers on the same machine change anything by the management endpoints, such as the ring, unless they have
 * proved who they are; and never a page of another site, whatever else its browser can prove. Boot puts it where the
 * endpoints are: on the port of the API, or on that of management.
 */
public final class OperatorsAreLocal extends OncePerRequestFilter {

    private static final Set<String> CHANGE_NOTHING = Set.of("GET", "HEAD", "OPTIONS");

    private final PathPattern endpoints;

    OperatorsAreLocal(WebEndpointProperties endpoints) {
        this.endpoints = PathPatternParser.defaultInstance.parse(endpoints.getBasePath() + "/**");
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        return CHANGE_NOTHING.contains(request.getMethod()) || !endpoints.matches(path) || Routes.isCart(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (Caller.isForAnotherSite(request)) {
            refuse(response, "changes are not taken from pages of other sites");
        } else if (request.getUserPrincipal() == null && !Caller.isOnThisMachine(request)) {
            refuse(response, "changes are taken from the machine of an instance only");
        } else if (request.getUserPrincipal() == null && !Caller.hasLocalName(request)) {
            refuse(response, "changes are taken at localhost or 127.0.0.1 only, not by another name");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuse(HttpServletResponse response, String why) throws IOException {
        response.sendError(HttpStatus.FORBIDDEN.value(), why);
    }
}
