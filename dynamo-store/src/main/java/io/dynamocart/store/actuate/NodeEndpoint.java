package io.dynamocart.store.actuate;

import io.dynamocart.store.membership.Member;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.node.NodeReports;
import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.runtime.NodeDriver;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows this node itself, and what it thinks of its peers. Thread-safe. */
@Endpoint(id = "node")
public final class NodeEndpoint {

    private final NodeDriver driver;

    public NodeEndpoint(NodeDriver driver) {
        this.driver = driver;
    }

    /**
     * The report of this node on itself.
     *
     * @param incarnation a number that it drew when its directory was empty
     * @param obstacle why it serves no requests, empty if it does
     * @param disk why it takes no writes, null if it does
     * @param peers the other members, as it knows them
     */
    public record Node(
            String id,
            String address,
            String zone,
            int weight,
            String incarnation,
            String obstacle,
            @Nullable String disk,
            List<Peer> peers) {}

    /**
     * Another member.
     *
     * @param linked whether there is a connection to it
     * @param trusted whether it can be expected to answer; others are asked first if not
     * @param protocol the version of the protocol that both speak, null without a connection
     */
    public record Peer(
            String id,
            boolean linked,
            boolean trusted,
            @Nullable Integer protocol) {}

    @ReadOperation
    public Node node() {
        Map<NodeId, Integer> protocols = Questions.await(driver.protocols());
        return Questions.ask(driver, node -> of(node, protocols));
    }

    private static Node of(DynamoNode node, Map<NodeId, Integer> protocols) {
        NodeReports reports = node.reports();
        Member self = reports.self();
        List<Peer> peers = node.history().members().stream()
                .map(Member::id)
                .filter(id -> !id.equals(self.id()))
                .map(id -> new Peer(id.name(), reports.isLinked(id), reports.isTrusted(id), protocols.get(id)))
                .toList();
        return new Node(
                self.id().name(),
                self.address(),
                self.zone(),
                self.weight(),
                Long.toHexString(self.number()),
                node.obstacle(),
                refusal(reports.disk()),
                peers);
    }

    private static @Nullable String refusal(DiskState disk) {
        return switch (disk) {
            case DiskState.Fine() -> null;
            case DiskState.Full(String detail) -> detail;
            case DiskState.Failed(String detail) -> detail;
        };
    }
}
