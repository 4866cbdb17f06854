package io.dynamocart.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class OperatorsAreLocalTests {

    private final OperatorsAreLocal filter = new OperatorsAreLocal();
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "");

    @Test
    void theRingIsChangedFromTheSameMachine() throws Exception {
        assertThat(statusOf("/actuator/ring/commit", "127.0.0.1")).isEqualTo(200);
        assertThat(statusOf("/actuator/ring/commit", "::1")).isEqualTo(200);
    }

    @Test
    void andFromNowhereElse() throws Exception {
        assertThat(statusOf("/actuator/ring/plan", "10.0.0.7")).isEqualTo(403);
        assertThat(statusOf("/ops/ring/remove", "2001:db8::1")).isEqualTo(403);
    }

    @Test
    void aProxyOnTheMachineDoesNotMakeItsCallersLocal() throws Exception {
        request.addHeader("X-Forwarded-For", "10.0.0.7");

        assertThat(statusOf("/actuator/ring/commit", "127.0.0.1")).isEqualTo(403);
    }

    @Test
    void allElseIsOpen() throws Exception {
        assertThat(statusOf("/actuator/ring", "10.0.0.7")).isEqualTo(200);
        assertThat(statusOf("/carts/ring/items", "10.0.0.7")).isEqualTo(200);
    }

    private int statusOf(String path, String caller) throws Exception {
        request.setServletPath(path);
        request.setRemoteAddr(caller);
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }
}
