package io.dynamocart.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestInLogTests {

    @Test
    void aCustomersCartIsNamed() {
        assertThat(RequestInLog.cartOf("/carts/ada")).isEqualTo("ada");
        assertThat(RequestInLog.cartOf("/carts/ada/items/pear")).isEqualTo("ada");
    }

    @Test
    void ofAGuestsTooLittleToHaveItIsTold() {
        assertThat(RequestInLog.cartOf("/carts/guest:0123456789abcdef0123456789abcdef/items"))
                .isEqualTo("guest:01234567");
        assertThat(RequestInLog.cartOf("/carts/guest:1")).isEqualTo("guest:1");
        assertThat(RequestInLog.cartOf("/carts/guest:1/items/pear")).isEqualTo("guest:1");
    }

    /** Tomcat decodes a path, which may then have lines. */
    @Test
    void whateverComesBehindTheNameDoesNotHideIt() {
        assertThat(RequestInLog.cartOf("/carts/ada/items/pear\n")).isEqualTo("ada");
        assertThat(RequestInLog.cartOf("/carts/" + "a".repeat(200) + "/\n")).isEqualTo("a".repeat(128));
    }

    @Test
    void whatIsAboutNoCartNamesNone() {
        assertThat(RequestInLog.cartOf("/carts/")).isNull();
        assertThat(RequestInLog.cartOf("/actuator/health")).isNull();
    }
}
