package io.dynamocart.app.access;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** What a request is about, told as Spring tells it that finds the method for it. */
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
