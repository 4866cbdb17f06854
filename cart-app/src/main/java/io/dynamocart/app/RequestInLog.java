package io.dynamocart.app;

import io.dynamocart.store.runtime.DriverSettings;
import io.dynamocart.store.transport.EventLoopThread;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A filter that names the request in each of its log lines: by the node that serves it, an id that the answer has too, and
 * the cart that it is about. Of a guest's cart it writes only the beginning, since whoever knows all of the name has the cart.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestInLog extends OncePerRequestFilter {

    static final String REQUEST_ID = "X-Request-Id";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern CART =
            Pattern.compile("(?s)/carts/(guest:[^/]{0,8}+|(?!guest:)[^/]{1,128}+)[^/]*+(?:/.*+)?");

    private final String node;

    RequestInLog(DriverSettings settings) {
        this.node = settings.node().self().id().name();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = idOf(request.getHeader(REQUEST_ID));
        response.setHeader(REQUEST_ID, id);
        try (MDC.MDCCloseable _ = MDC.putCloseable(EventLoopThread.MDC_NODE, node);
                MDC.MDCCloseable _ = MDC.putCloseable("request", id);
                MDC.MDCCloseable _ = MDC.putCloseable("cart", cartOf(request.getServletPath()))) {
            chain.doFilter(request, response);
        }
    }

    /** The client's own, if it sent one that can be told from other things in a log. */
    private static String idOf(@Nullable String given) {
        return given != null && ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }

    /** Null, which removes it from the log, where it is about none. */
    static @Nullable String cartOf(String path) {
        Matcher cart = CART.matcher(path);
        return cart.matches() ? cart.group(1) : null;
    }
}
