package io.dynamocart.app.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what fails before it reaches a controller, in the same form as everything else. */
@RestController
class ProblemErrorController implements ErrorController {

    private final BodyGuard bodies;

    ProblemErrorController(BodyGuard bodies) {
        this.bodies = bodies;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    @Nullable
    ResponseEntity<Object> error(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            // What could not be read is the rest of a body, whose request has its answer
            return null;
        }
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer number ? HttpStatus.valueOf(number) : HttpStatus.NOT_FOUND;
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return ProblemAnswer.of(
                problem(request, status),
                HttpHeaders.EMPTY,
                path instanceof String uri ? uri : request.getRequestURI());
    }

    private ProblemDetail problem(HttpServletRequest request, HttpStatus status) {
        return switch (status) {
            // Of a body that did not come, or is none, Tomcat lets nobody but the page of errors speak
            case REQUEST_TIMEOUT -> bodies.tooSlow().problem();
            case BAD_REQUEST -> Problem.of(ProblemType.BAD_REQUEST, unreadable(request));
            default -> Problem.typed(ProblemDetail.forStatusAndDetail(status, detail(request, status)));
        };
    }

    /** What Tomcat could not read, or else what Spring Security lets nobody send. */
    private static String unreadable(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof IOException
                ? "the body cannot be read"
                : "the path, the method, a header or a parameter is written in a way that is not let through";
    }

    /** Who is refused is told why; of other failures the text may be about what is inside. */
    private static String detail(HttpServletRequest request, HttpStatus status) {
        if (status == HttpStatus.NOT_FOUND) {
            return Problem.NOTHING_THERE;
        }
        return status == HttpStatus.FORBIDDEN
                        && request.getAttribute(RequestDispatcher.ERROR_MESSAGE) instanceof String why
                        && !why.isBlank()
                ? why
                : status.getReasonPhrase();
    }
}
