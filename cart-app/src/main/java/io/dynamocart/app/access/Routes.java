package io.dynamocart.app.access;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Tells whether a request is about carts, by the rules that Spring finds the method for it by.
 */
public final class Routes {

    private static final PathPattern CARTS = PathPatternParser.defaultInstance.parse("/carts/**");

    private Routes() {}

    /**
     * Whether it is about carts. The servlet path would not tell: Tomcat leaves out dots there, while Spring takes
     * {@code /carts/../items} for the cart named "..".
     */
    public static boolean isCart(HttpServletRequest request) {
        return CARTS.matches(ServletRequestPathUtils.parse(request).pathWithinApplication());
    }
}
