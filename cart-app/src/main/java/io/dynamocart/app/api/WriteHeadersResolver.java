package io.dynamocart.app.api;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@link WriteHeaders} from a request. */
final class WriteHeadersResolver implements HandlerMethodArgumentResolver {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e][\\x20-\\x7e]{0,253}[\\x21-\\x7e]|[\\x21-\\x7e]");
    /** Where the last one ended, and without trying twice: who sends thousands of spaces gets no time for them. */
    private static final Pattern TAG = Pattern.compile("\\G\\s*+(W/)?+\"([^\"]*+)\"\\s*+(?:,|$)");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(WriteHeaders.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String key = request.getHeader(IDEMPOTENCY_KEY);
        if (key != null && !KEY.matcher(key).matches()) {
            throw InvalidField.of(
                    IDEMPOTENCY_KEY, "must be 1 to 255 visible ASCII characters, and spaces between them");
        }
        String[] ifMatch = request.getHeaderValues(HttpHeaders.IF_MATCH);
        return WriteHeaders.of(
                key, request.getHeader(Answers.CART_CONTEXT), ifMatch == null ? null : tags(String.join(",", ifMatch)));
    }

    /** The strong tags of an If-Match; null where any will do. */
    private static @Nullable List<String> tags(String header) {
        if (header.strip().equals("*")) {
            return null;
        }
        List<String> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(header);
        int end = 0;
        while (matcher.find()) {
            end = matcher.end();
            if (matcher.group(1) == null) {
                tags.add(matcher.group(2));
            }
        }
        if (end == 0 || end != header.length()) {
            throw InvalidField.of(HttpHeaders.IF_MATCH, "must be a list of quoted tags, or *");
        }
        return tags;
    }
}
