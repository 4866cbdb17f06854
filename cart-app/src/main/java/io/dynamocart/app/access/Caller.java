package io.dynamocart.app.access;

import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import org.apache.catalina.Globals;

/** Where a request comes from. */
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
