package io.dynamocart.app.processes;

import io.dynamocart.store.transport.Ports;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where an instance runs.
 *
 * @param name of its node
 * @param http host and port of the REST API
 * @param address host and port for other nodes
 * @param enter what a command begins with that is to run there
 */
record Place(String name, String http, String address, List<String> enter) {

    /** So many, on free ports of this machine. */
    static List<Place> onLoopback(int count) {
        // All at once, or one of the second call could be one of the first
        List<String> free = Ports.freeAddresses(2 * count);
        return IntStream.range(0, count)
                .mapToObj(i -> new Place("node-" + (i + 1), free.get(i), free.get(count + i), List.of()))
                .toList();
    }

    String host() {
        return http.split(":", -1)[0];
    }

    String port() {
        return http.split(":", -1)[1];
    }
}
