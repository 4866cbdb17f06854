package io.dynamocart.app.lab;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.DefaultCorsProcessor;

/** Refuses pages of other sites in the form of all other errors. */
final class RefusingCorsProcessor extends DefaultCorsProcessor {

    @Override
    protected void rejectRequest(ServerHttpResponse response) throws IOException {
        HttpServletResponse plain = ((ServletServerHttpResponse) response).getServletResponse();
        plain.sendError(HttpStatus.FORBIDDEN.value());
    }
}
