package io.dynamocart.app.access;

import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import org.apache.catalina.Globals;
import org.springframework.web.cors.CorsUtils;

/**
 * Tests of where a request comes from, and by what name of the host it found its way.
 */
public final class Caller {

    private Caller() {}

    /**
     * Whether it was sent on the machine of the instance. What a proxy there passes on counts as from elsewhere, whether or
     * not Spring believes what it says of its clients.
     */
    public static boolean isOnThisMachine(HttpServletRequest request) {
        HttpServletRequest sent = asItCame(request);
        return sent.getHeader("X-Forwarded-For") == null
                && sent.getHeader("Forwarded") == null
                && sent.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE) == null
                && InetAddress.ofLiteral(sent.getRemoteAddr()).isLoopbackAddress();
    }

    /**
     * Whether it asks for this machine by a name or address that leads no machine elsewhere. Any other name may be one that
     * another site makes lead here for once, so that its page passes for one of ours (DNS rebinding).
     */
    public static boolean hasLocalName(HttpServletRequest request) {
        String name = request.getServerName();
        try {
            return name.equalsIgnoreCase("localhost")
                    || InetAddress.ofLiteral(name).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a browser sends it for a page that is not from here; with a request that changes something it says so. */
    public static boolean isForAnotherSite(HttpServletRequest request) {
        return CorsUtils.isCorsRequest(request) || isFetchedByAnotherSite(request);
    }

    /** Whether a browser says that it fetches this for a page that is not from here; it does not always say from where. */
    public static boolean isFetchedByAnotherSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    /**
     * Without what a filter of Spring made of the headers of a proxy. Tomcat's own removes the header for good, so
     * whatever has come by it is taken for passed on.
     */
    private static HttpServletRequest asItCame(HttpServletRequest request) {
        HttpServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper
                && wrapper.getRequest() instanceof HttpServletRequest wrapped) {
            inner = wrapped;
        }
        return inner;
    }
}
