package io.dynamocart.app;

import io.dynamocart.store.runtime.DriverSettings;
import io.dynamocart.store.transport.EventLoopThread;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Log lines of a request carry the name of the node that serves it. */
@Component
class NodeInLog extends OncePerRequestFilter {

    private final String node;

    NodeInLog(DriverSettings settings) {
        this.node = settings.node().self().id().name();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        MDC.put(EventLoopThread.MDC_NODE, node);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(EventLoopThread.MDC_NODE);
        }
    }
}
