package io.dynamocart.store.actuate;

import io.dynamocart.store.membership.Move;
import io.dynamocart.store.membership.Progress;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.node.TransferReport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.runtime.NodeDriver;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows which partitions are on their way, and how far those are that come to this node (paper §4.9). Thread-safe. */
@Endpoint(id = "handoff")
public final class HandoffEndpoint {

    private final NodeDriver driver;
    private final NodeId self;

    public HandoffEndpoint(NodeDriver driver, NodeId self) {
        this.driver = driver;
        this.self = self;
    }

    /**
     * The data that is on its way, as this node knows it.
     *
     * @param plan the plan that is being carried out, null if none is
     * @param left for each node how many partitions it has still to take over
     * @param here partitions that this node has still to take over, by number
     * @param active those that are on their way here just now, null if none are
     */
    public record Handoff(
            @Nullable String plan,
            Map<String, Integer> left,
            List<Integer> here,
            @Nullable Transfer active) {}

    /**
     * Partitions on their way here together.
     *
     * @param partitions their numbers
     * @param sources whom they are copied from
     * @param stage {@code copying} while the old home counts, {@code awaiting-release} until it has stopped, {@code
     *     copying-the-rest} of what came meanwhile
     * @param begun when, by this node's clock
     * @param keys how many were made sure of since then
     */
    public record Transfer(List<Integer> partitions, List<String> sources, String stage, Instant begun, long keys) {

        static Transfer of(TransferReport report) {
            return new Transfer(
                    report.partitions().stream().map(Partition::index).toList(),
                    report.sources().stream().map(NodeId::name).toList(),
                    report.stage().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    report.begun(),
                    report.keys());
        }
    }

    @ReadOperation
    public Handoff handoff() {
        return Questions.ask(driver, this::of);
    }

    private Handoff of(DynamoNode node) {
        Progress progress =
                node.history().progress().filter(Progress::committed).orElse(null);
        if (progress == null) {
            return new Handoff(null, Map.of(), List.of(), null);
        }
        Map<String, Integer> left = new TreeMap<>();
        progress.left().forEach(move -> left.merge(move.to().node().name(), 1, Integer::sum));
        return new Handoff(
                progress.plan().name(),
                left,
                progress.left().stream()
                        .filter(this::isHere)
                        .map(move -> move.partition().index())
                        .toList(),
                node.reports().transfer().map(Transfer::of).orElse(null));
    }

    private boolean isHere(Move move) {
        return move.to().node().equals(self);
    }
}
