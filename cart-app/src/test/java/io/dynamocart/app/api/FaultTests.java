package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** docs/api.md, "Errors", 500: a fault of ours is of one type to clients, and the log has it, whoever came upon it. */
@ExtendWith(OutputCaptureExtension.class)
class FaultTests {

    private static Instance instance;
    private static Http http;

    @BeforeAll
    static void start() throws NoSuchMethodException {
        instance = Instance.alone();
        http = new Http(instance.url());
        handle("/carts/{customerId}/fails", () -> {
            throw new IllegalStateException("the exception");
        });
        handle("/carts/{customerId}/cannot-be-run", () -> {
            throw new NoClassDefFoundError("the error");
        });
    }

    @AfterAll
    static void stop() {
        http.close();
        instance.close();
    }

    @Test
    void anExceptionIsAnInternalError(CapturedOutput log) {
        http.get("/carts/guest:d41d8cd98f00b204/fails").isProblem(500, "internal-error");

        assertThat(log)
                .contains("A request failed: /carts/{customerId}/fails", "the exception")
                .doesNotContain("d41d8cd98f00b204");
    }

    @Test
    void soIsAnErrorOfJava(CapturedOutput log) {
        Answer answer = http.get("/carts/guest:d41d8cd98f00b204/cannot-be-run").isProblem(500, "internal-error");

        assertThat(answer.text("detail")).doesNotContain("the error");
        assertThat(log)
                .contains("A request failed: /carts/{customerId}/cannot-be-run", "the error")
                .doesNotContain("d41d8cd98f00b204");
    }

    private static void handle(String path, Runnable handler) throws NoSuchMethodException {
        // Actuator has one of its own
        RequestMappingHandlerMapping mapping = instance.beans(RequestMappingHandlerMapping.class).stream()
                .filter(each -> each.getClass().equals(RequestMappingHandlerMapping.class))
                .findFirst()
                .orElseThrow();
        mapping.registerMapping(RequestMappingInfo.paths(path).build(), handler, Runnable.class.getMethod("run"));
    }
}
