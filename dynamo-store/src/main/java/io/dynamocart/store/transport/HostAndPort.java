package io.dynamocart.store.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A node address as operators write it: {@code host:port}, where the host is a name, an IPv4 address, or an IPv6
 * address in brackets.
 */
public record HostAndPort(String host, int port) {

    public static HostAndPort parse(String address) {
        int colon = address.lastIndexOf(':');
        try {
            if (colon > 0) {
                int port = Integer.parseInt(address.substring(colon + 1));
                if (port >= 1 && port <= 65_535) {
                    return new HostAndPort(address.substring(0, colon), port);
                }
            }
        } catch (NumberFormatException e) {
            // Said below, with the whole address
        }
        throw new IllegalArgumentException("'%s' is not host:port, as in 127.0.0.1:7000".formatted(address));
    }

    /** Whether it is of this machine, and nobody elsewhere reaches it. Looks the host up, which blocks. */
    public boolean isLoopback() {
        try {
            return resolve().getAddress().isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Looks the host up. Blocks. */
    InetSocketAddress resolve() throws UnknownHostException {
        return resolve(0);
    }

    /**
     * Looks the host up, and chooses one of its addresses. Blocks.
     *
     * @param turn not below 0; in as many turns as there are addresses, each is chosen
     */
    InetSocketAddress resolve(int turn) throws UnknownHostException {
        return choose(turn, InetAddress.getAllByName(host));
    }

    InetSocketAddress choose(int turn, InetAddress... all) {
        return new InetSocketAddress(all[turn % all.length], port);
    }
}
