package io.dynamocart.store.actuate;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.version.Key;
import java.util.List;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;

/**
 * Shows where a key lives, and what each home replica holds of it. Asks them all, and reports those that do not answer;
 * repairs nothing. Thread-safe.
 */
@Endpoint(id = "key")
public final class KeyEndpoint {

    private final DynamoStore store;

    public KeyEndpoint(DynamoStore store) {
        this.store = store;
    }

    /**
     * Waits for the replicas, at most as long as a read may take.
     *
     * @param path the key; one with slashes comes in pieces
     */
    @ReadOperation
    public KeyReport key(@Selector(match = Match.ALL_REMAINING) String... path) {
        String name = String.join("/", path);
        List<ReplicaCopy> copies = store.replicas(keyOf(name)).join();
        return KeyReport.of(name, copies);
    }

    private static Key keyOf(String name) {
        try {
            return Key.of(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidEndpointRequestException(String.valueOf(e.getMessage()), "not a key");
        }
    }
}
