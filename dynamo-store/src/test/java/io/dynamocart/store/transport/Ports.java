package io.dynamocart.store.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Addresses on loopback that nobody uses. Below those that the system gives to outgoing connections: of these there are
 * thousands in some tests, and one of them may have such a port before the test that it was found for.
 */
public final class Ports {

    private Ports() {}

    public static List<String> freeAddresses(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            while (sockets.size() < count) {
                listen(ThreadLocalRandom.current().nextInt(20_000, 30_000), sockets);
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sockets.stream()
                .map(socket -> "127.0.0.1:" + socket.getLocalPort())
                .toList();
    }

    private static void listen(int port, List<ServerSocket> sockets) {
        try {
            sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            // Somebody uses it
        }
    }
}
