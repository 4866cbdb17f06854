package io.dynamocart.app.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.Principal;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Tells clients apart, for a limit of each.
 */
final class Client {

    /** The part of an IPv6 address that a network is given; who has it has all addresses that begin so. */
    private static final int NETWORK_BYTES = 8;

    private Client() {}

    /**
     * Name of whoever sends this: the subject of its token, else its address, of an IPv6 address only the network. What
     * proxies say of the address counts where Spring was told to believe them.
     */
    static String of(HttpServletRequest request) {
        Principal subject = request.getUserPrincipal();
        return subject != null ? "subject " + subject.getName() : "address " + network(request.getRemoteAddr());
    }

    private static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address long6
                    ? HexFormat.of().formatHex(Arrays.copyOf(long6.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (IllegalArgumentException e) {
            // What a proxy made up
            return address;
        }
    }
}
