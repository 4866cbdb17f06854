package io.dynamocart.store.actuate;

import io.dynamocart.store.node.NodeReports;
import io.dynamocart.store.runtime.NodeDriver;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows for whom this node keeps writes, and since when (paper §4.6). Thread-safe. */
@Endpoint(id = "hints")
public final class HintsEndpoint {

    private final NodeDriver driver;

    public HintsEndpoint(NodeDriver driver) {
        this.driver = driver;
    }

    /** @param keys in all */
    public record Hints(int keys, List<Target> targets) {}

    /**
     * The hints that are kept for one node.
     *
     * @param trusted whether that node can be expected to answer, so that the hints are on their way
     * @param oldest since when the one that has waited longest is kept; of those found at the start, when it was
     *     written
     */
    public record Target(String node, boolean trusted, int keys, Instant oldest) {}

    @ReadOperation
    public Hints hints() {
        return Questions.ask(driver, node -> of(node.reports()));
    }

    private static Hints of(NodeReports node) {
        List<Target> targets = node.hints().entrySet().stream()
                .map(kept -> new Target(
                        kept.getKey().name(),
                        node.isTrusted(kept.getKey()),
                        kept.getValue().keys(),
                        kept.getValue().oldest()))
                .toList();
        return new Hints(targets.stream().mapToInt(Target::keys).sum(), targets);
    }
}
