package io.dynamocart.app.localcluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports on loopback that nobody uses. Below those that the system gives to outgoing connections. */
final class FreePorts {

    private FreePorts() {}

    /** A local cluster in this directory, on such ports. */
    static LocalClusterProperties settings(Path directory) {
        int first = inARow(6);
        return new LocalClusterProperties(first, first + 3, directory);
    }

    private static int inARow(int count) {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            if (IntStream.range(first, first + count).allMatch(FreePorts::isFree)) {
                return first;
            }
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
