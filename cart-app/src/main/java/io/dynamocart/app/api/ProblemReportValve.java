package io.dynamocart.app.api;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports what Tomcat refuses before Spring sees it, such as a URI that cannot be decoded; also where Tomcat would not look.
 * Made by Tomcat, by its name.
 */
public final class ProblemReportValve extends ErrorReportValve {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String NO_HTTP = "the request line or a header is not valid, or too long";

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (isDecodable(request.getRequestURI())) {
            super.invoke(request, response);
        } else {
            response.sendError(Response.SC_BAD_REQUEST);
            response.setSuspended(false);
            report(request, response, null);
        }
        if (response.getStatus() == Response.SC_REQUEST_TIMEOUT) {
            // The connection ends. Tomcat would wait once more for what is left of the body
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** Tomcat does not decode what follows a semicolon. Spring does in many places, and takes it for a fault of ours. */
    private static boolean isDecodable(@Nullable String uri) {
        try {
            return uri == null || !UriUtils.decode(uri, StandardCharsets.UTF_8).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable problem) {
        int code = response.getStatus();
        if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = HttpStatus.resolve(code);
        if (status == null) {
            return;
        }
        String why = status == HttpStatus.BAD_REQUEST ? NO_HTTP : status.getReasonPhrase();
        ProblemDetail detail = Problem.typed(ProblemDetail.forStatusAndDetail(status, why));
        try {
            byte[] body = MAPPER.writeValueAsBytes(new Body(detail, Problem.instance(request.getRequestURI())));
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException e) {
            // The client is gone, and with it the need to tell it anything
        }
    }

    private record Body(String type, String title, int status, String detail, String instance) {
        Body(ProblemDetail problem, URI instance) {
            this(
                    String.valueOf(problem.getType()),
                    String.valueOf(problem.getTitle()),
                    problem.getStatus(),
                    String.valueOf(problem.getDetail()),
                    instance.toString());
        }
    }
}
