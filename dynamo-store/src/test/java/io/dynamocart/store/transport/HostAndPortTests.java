package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTests {

    @ParameterizedTest
    @CsvSource({"127.0.0.1:7000, 127.0.0.1, 7000", "cart-1.internal:1, cart-1.internal, 1", "[::1]:65535, [::1], 65535"
    })
    void readsAddresses(String address, String host, int port) {
        assertThat(HostAndPort.parse(address)).isEqualTo(new HostAndPort(host, port));
    }

    /** A service's name has the addresses of all its nodes, and any of them may be down. */
    @Test
    void eachAddressOfANameHasItsTurn() throws UnknownHostException {
        InetAddress first = InetAddress.getByName("10.0.0.1");
        InetAddress second = InetAddress.getByName("10.0.0.2");
        HostAndPort address = HostAndPort.parse("cart.internal:7000");

        assertThat(IntStream.range(0, 3).mapToObj(turn -> address.choose(turn, first, second)))
                .containsExactly(
                        new InetSocketAddress(first, 7000),
                        new InetSocketAddress(second, 7000),
                        new InetSocketAddress(first, 7000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":7000", "host:0", "host:65536", "host:seven"})
    void refusesAnythingElse(String address) {
        assertThatThrownBy(() -> HostAndPort.parse(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host:port");
    }
}
