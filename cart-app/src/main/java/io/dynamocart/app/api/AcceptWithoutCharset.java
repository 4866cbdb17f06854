package io.dynamocart.app.api;

import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * Reads what a client accepts, but for the charset. JSON is UTF-8 (RFC 8259, 8.1); Spring would find out that nothing writes
 * another only when the request has been served.
 */
final class AcceptWithoutCharset implements ContentNegotiationStrategy {

    private final ContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

    @Override
    public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        return header.resolveMediaTypes(request).stream()
                .map(AcceptWithoutCharset::withoutCharset)
                .toList();
    }

    private static MediaType withoutCharset(MediaType type) {
        Map<String, String> parameters = new LinkedCaseInsensitiveMap<>();
        parameters.putAll(type.getParameters());
        parameters.remove("charset");
        return new MediaType(type, parameters);
    }
}
