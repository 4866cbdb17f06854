package io.dynamocart.app.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.server.ResponseStatusException;

/** docs/security.md, "The web page": who may use the lab. */
class LabGuardTests {

    private final LabGuard guard =
            new LabGuard(new Origins(List.of("localhost:8081", "127.0.0.1:8081", "localhost:8082")));
    private final MockHttpServletRequest request = new MockHttpServletRequest("PUT", "/lab/cuts");

    LabGuardTests() {
        request.setRemoteAddr("127.0.0.1");
        request.addHeader("Host", "localhost:8081");
    }

    @Test
    void aTerminalOnThisMachineIsLetIn() {
        isLetIn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example:8081", "evil.example", "localhost", "localhost:80", ""})
    void aNameThatWasMadeToLeadHereIsNot(String host) {
        request.removeHeader("Host");
        request.addHeader("Host", host);
        isRefused();
    }

    @Test
    void norIsARequestThatDoesNotSayForWhomItIs() {
        request.removeHeader("Host");
        isRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "192.168.1.2", "2001:db8::1"})
    void norIsAnotherMachine(String address) {
        request.setRemoteAddr(address);
        isRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded"})
    void norIsWhoeverComesByAProxy(String header) {
        request.addHeader(header, "127.0.0.1");
        isRefused();
    }

    private void isLetIn() {
        assertThat(guard.preHandle(request, new MockHttpServletResponse(), this))
                .isTrue();
    }

    private void isRefused() {
        assertThatThrownBy(() -> guard.preHandle(request, new MockHttpServletResponse(), this))
                .isInstanceOfSatisfying(
                        ResponseStatusException.class,
                        refusal -> assertThat(refusal.getStatusCode().value()).isEqualTo(403));
    }
}
