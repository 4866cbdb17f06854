package io.dynamocart.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class OperatorsAreLocalTests {

    private final WebEndpointProperties endpoints = new WebEndpointProperties();
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "");

    @Test
    void theRingIsChangedFromTheSameMachine() throws Exception {
        assertThat(statusOf("/actuator/ring/commit", "127.0.0.1")).isEqualTo(200);
        assertThat(statusOf("/actuator/ring/commit", "::1")).isEqualTo(200);
    }

    @Test
    void andFromNowhereElse() throws Exception {
        assertThat(statusOf("/actuator/ring/plan", "10.0.0.7")).isEqualTo(403);
        assertThat(statusOf("/actuator/ring/remove", "2001:db8::1")).isEqualTo(403);
    }

    @Test
    void neitherIsAnythingElseThatEndpointsDo() throws Exception {
        assertThat(statusOf("/actuator/loggers/ROOT", "10.0.0.7")).isEqualTo(403);
        request.setMethod("DELETE");
        assertThat(statusOf("/actuator/caches", "10.0.0.7")).isEqualTo(403);
    }

    @Test
    void whereverTheEndpointsAre() throws Exception {
        endpoints.setBasePath("/ops");
        assertThat(statusOf("/ops/ring/remove", "10.0.0.7")).isEqualTo(403);
        endpoints.setBasePath("/");
        assertThat(statusOf("/ring/remove", "10.0.0.7")).isEqualTo(403);
    }

    @Test
    void aProxyOnTheMachineDoesNotMakeItsCallersLocal() throws Exception {
        request.addHeader("X-Forwarded-For", "10.0.0.7");

        assertThat(statusOf("/actuator/ring/commit", "127.0.0.1")).isEqualTo(403);
    }

    @Test
    void evenIfSpringBelievesThatTheyAre() throws Exception {
        request.addHeader("X-Forwarded-For", "127.0.0.1");
        prepare("/actuator/ring/commit", "10.0.0.7");

        assertThat(statusOf(new HttpServletRequestWrapper(request) {
                    @Override
                    public String getRemoteAddr() {
                        return "127.0.0.1";
                    }

                    @Override
                    public String getHeader(String name) {
                        return "";
                    }
                }))
                .isEqualTo(403);
    }

    @Test
    void whoHasProvedToBeAnOperatorMayBeAnywhere() throws Exception {
        request.setUserPrincipal(() -> "operator");

        assertThat(statusOf("/actuator/ring/plan", "10.0.0.7")).isEqualTo(200);
    }

    @Test
    void allElseIsOpen() throws Exception {
        assertThat(statusOf("/carts/actuator/items", "10.0.0.7")).isEqualTo(200);
        request.setMethod("GET");
        assertThat(statusOf("/actuator/ring", "10.0.0.7")).isEqualTo(200);
    }

    private int statusOf(String path, String caller) throws Exception {
        prepare(path, caller);
        return statusOf(request);
    }

    private void prepare(String path, String caller) {
        request.setServletPath(path);
        request.setRemoteAddr(caller);
    }

    private int statusOf(HttpServletRequest asked) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new OperatorsAreLocal(endpoints).doFilter(asked, response, new MockFilterChain());
        return response.getStatus();
    }
}
