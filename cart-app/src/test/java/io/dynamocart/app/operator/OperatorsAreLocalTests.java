package io.dynamocart.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** Which another site may have made lead here, so that its page is taken for one of this instance. */
    @Test
    void norIsItChangedByAnotherNameOfThisMachine() throws Exception {
        for (String local : new String[] {"localhost", "LOCALHOST", "127.0.0.1", "127.0.1.1", "[::1]"}) {
            request.setServerName(local);
            assertThat(statusOf("/actuator/ring/remove", "127.0.0.1")).as(local).isEqualTo(200);
        }
        for (String name : new String[] {"evil.example", "localhost.evil.example", "10.0.0.7"}) {
            request.setServerName(name);
            assertThat(statusOf("/actuator/ring/remove", "127.0.0.1")).as(name).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({"Origin, http://evil.example", "Origin, null", "Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site"
    })
    void norForAPageOfAnotherSiteEvenIfItsBrowserKnowsThePassword(String header, String value) throws Exception {
        request.addHeader(header, value);
        assertThat(statusOf("/actuator/backup/begin", "127.0.0.1")).isEqualTo(403);

        request.setUserPrincipal(() -> "operator");
        assertThat(statusOf("/actuator/backup/begin", "127.0.0.1")).isEqualTo(403);
    }

    @Test
    void pathsAreReadAsSpringReadsThem() throws Exception {
        assertThat(statusOf("/%61ctuator/ring/remove", "10.0.0.7")).isEqualTo(403);
        assertThat(statusOf("/actuator;v=1/ring/remove", "10.0.0.7")).isEqualTo(403);
        assertThat(statusOf("/actuator/loggers/..", "10.0.0.7")).isEqualTo(403);
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
        request.setRequestURI(path);
        request.setRemoteAddr(caller);
    }

    private int statusOf(HttpServletRequest asked) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new OperatorsAreLocal(endpoints).doFilter(asked, response, new MockFilterChain());
        return response.getStatus();
    }
}
