package io.dynamocart.app.api;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses a request whose Content-Length is more than a body may have, before anybody reads the body, which for many
 * requests nobody does; a body that does not say its length is for {@link BodyGuard}.
 */
@Component
final class ContentLengthGuard extends RequestGuard {

    ContentLengthGuard(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        super(problems);
    }

    @Override
    @Nullable
    Exception refusal(HttpServletRequest request) {
        return request.getContentLengthLong() > BodyGuard.MOST_READ ? BodyGuard.tooLarge() : null;
    }
}
