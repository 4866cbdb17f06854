package io.dynamocart.store.actuate;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.runtime.NodeDriver;
import io.dynamocart.store.version.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows how the ring is cut, who is responsible for which part, and in which a key lies (paper §4.2). Thread-safe. */
@Endpoint(id = "partitions")
public final class PartitionsEndpoint {

    private final NodeDriver driver;

    public PartitionsEndpoint(NodeDriver driver) {
        this.driver = driver;
    }

    /**
     * The ring as this node knows it.
     *
     * @param nodes those on it; empty while there is no cluster
     * @param owners for each partition, clockwise, its first home replica, as a position in {@code nodes}
     * @param key where the key lies, null if none was asked for
     */
    public record Partitions(
            List<String> nodes,
            List<Integer> owners,
            @Nullable Place key) {}

    /**
     * The place of a key on the ring.
     *
     * @param partition its number, clockwise from 0
     * @param homes its home replicas, in the order in which they are responsible
     */
    public record Place(int partition, List<String> homes) {}

    /** @param key text of a key, or null for the ring alone */
    @ReadOperation
    public Partitions partitions(@Nullable String key) {
        return Questions.ask(driver, node -> node.history().ring())
                .map(ring -> of(ring, key))
                .orElseGet(() -> new Partitions(List.of(), List.of(), null));
    }

    private static Partitions of(Ring ring, @Nullable String key) {
        List<NodeId> nodes = ring.nodes();
        return new Partitions(
                names(nodes),
                ring.preferenceLists().stream()
                        .map(list -> nodes.indexOf(list.nodes().getFirst()))
                        .toList(),
                key == null ? null : placeOf(ring.preferenceList(Key.of(key))));
    }

    private static Place placeOf(PreferenceList list) {
        return new Place(list.partition().index(), names(list.home()));
    }

    private static List<String> names(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::name).toList();
    }
}
