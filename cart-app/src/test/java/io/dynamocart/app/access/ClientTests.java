package io.dynamocart.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientTests {

    @Test
    void withATokenItIsItsSubjectWhereverItIs() {
        MockHttpServletRequest request = from("192.0.2.1");
        request.setUserPrincipal(() -> "ada");

        assertThat(Client.of(request)).isEqualTo("subject ada");
    }

    @Test
    void withoutOneItIsItsAddress() {
        assertThat(Client.of(from("192.0.2.1"))).isEqualTo("address 192.0.2.1");
    }

    @Test
    void nobodyTakesTheNameOfAnother() {
        MockHttpServletRequest request = from("192.0.2.1");
        request.setUserPrincipal(() -> "192.0.2.2");

        assertThat(Client.of(request)).isNotEqualTo(Client.of(from("192.0.2.2")));
    }

    @Test
    void whoHasAnIpv6NetworkIsOneClient() {
        assertThat(Client.of(from("2001:db8:0:1::1"))).isEqualTo(Client.of(from("2001:db8:0:1:ffff::2")));
        assertThat(Client.of(from("2001:db8:0:1::1"))).isNotEqualTo(Client.of(from("2001:db8:0:2::1")));
    }

    @Test
    void anAddressThatAProxyMadeUpIsOneAllTheSame() {
        assertThat(Client.of(from("unknown"))).isEqualTo("address unknown");
    }

    private static MockHttpServletRequest from(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        return request;
    }
}
