package io.dynamocart.app.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
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

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<Object> error(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer number ? HttpStatus.valueOf(number) : HttpStatus.NOT_FOUND;
        ProblemDetail problem = Problem.typed(ProblemDetail.forStatusAndDetail(status, detail(request, status)));
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return ProblemAnswer.of(problem, HttpHeaders.EMPTY, path instanceof String uri ? uri : request.getRequestURI());
    }

    /** Who is refused is told why; of other failures the text may be about what is inside. */
    private static String detail(HttpServletRequest request, HttpStatus status) {
        return status == HttpStatus.FORBIDDEN
                        && request.getAttribute(RequestDispatcher.ERROR_MESSAGE) instanceof String why
                        && !why.isBlank()
                ? why
                : status.getReasonPhrase();
    }
}
