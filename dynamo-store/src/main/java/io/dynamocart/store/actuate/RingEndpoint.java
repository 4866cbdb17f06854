package io.dynamocart.store.actuate;

import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.membership.PlanRefusedException;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.node.RequestedChange;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.runtime.NodeDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Shows the ring, and takes an operator's wishes (paper §4.8.1): a change is shown as a plan first, and made when that
 * plan is committed; both at the same node. Thread-safe.
 */
@Endpoint(id = "ring")
public final class RingEndpoint {

    private static final int MAX_SHOWN = 16;
    private static final int ACCEPTED = 202;

    private final NodeDriver driver;
    private final NodeId self;
    private final Duration patience;
    private final Map<String, Plan> shown = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Plan> eldest) {
            return size() > MAX_SHOWN;
        }
    };

    /** The answer to a wish that could not be fulfilled: why. */
    public record Problem(String problem) {}

    /** The answer to a wish that is on record, and takes effect later by itself. */
    public record Pending(String pending) {}

    public RingEndpoint(NodeDriver driver, NodeId self) {
        this(driver, self, Questions.PATIENCE);
    }

    /** @param patience how long it waits for the disk */
    RingEndpoint(NodeDriver driver, NodeId self, Duration patience) {
        this.driver = driver;
        this.self = self;
        this.patience = patience;
    }

    @ReadOperation
    public RingReport ring() {
        return ask(node -> RingReport.of(self, node));
    }

    /**
     * {@code plan} shows what would follow from the other arguments, {@code commit} makes it so, {@code remove} gives
     * up a member that is gone for good. What is said and not on this node's disk in time is answered by 202.
     *
     * @param join nodes to take in, with commas between them
     * @param leave members that are to go
     * @param replace a member that is to go, with {@code by} in its place
     * @param alter members that are to get the address, zone and weight of their settings
     * @param node the member to be removed
     * @param id the plan to be committed, by the name under which it was shown
     */
    @WriteOperation
    public WebEndpointResponse<Object> change(
            @Selector String action,
            @Nullable String join,
            @Nullable String leave,
            @Nullable String replace,
            @Nullable String by,
            @Nullable String alter,
            @Nullable String node,
            @Nullable String id) {
        try {
            return switch (action) {
                case "plan" -> new WebEndpointResponse<>(plan(requested(join, leave, replace, by, alter)));
                case "commit" -> commit(id);
                case "remove" -> remove(node);
                default -> refused(404, "there is no '%s', only plan, commit and remove".formatted(action));
            };
        } catch (IllegalArgumentException refusal) {
            return refused(409, String.valueOf(refusal.getMessage()));
        }
    }

    private PlanReport plan(List<RequestedChange> requested) {
        Plan plan = ask(node -> node.plan(requested));
        synchronized (shown) {
            shown.put(plan.name(), plan);
        }
        return PlanReport.of(plan);
    }

    private WebEndpointResponse<Object> commit(@Nullable String id) {
        Plan plan;
        synchronized (shown) {
            plan = id == null ? null : shown.get(id);
        }
        if (plan == null) {
            throw new PlanRefusedException("this node has shown no plan '%s'; plan it anew".formatted(id));
        }
        return afterSaying(node -> node.commit(plan), node -> PlanReport.of(plan, node.history()));
    }

    private WebEndpointResponse<Object> remove(@Nullable String node) {
        if (node == null) {
            throw new PlanRefusedException("which node?");
        }
        return afterSaying(it -> it.forceRemove(new NodeId(node)), it -> RingReport.of(self, it));
    }

    /**
     * What the node shows once it has a statement on its disk, and so acts on it. A statement is not taken back where
     * the disk stands still.
     */
    private WebEndpointResponse<Object> afterSaying(
            Consumer<DynamoNode> statement, Function<DynamoNode, Object> report) {
        CompletableFuture<Object> onDisk = new CompletableFuture<>();
        boolean _ = ask(node -> {
            statement.accept(node);
            node.whenDurable(() -> onDisk.complete(report.apply(node)));
            return true;
        });
        return Questions.await(onDisk, patience)
                .map(shown -> new WebEndpointResponse<>(shown))
                .orElseGet(() -> new WebEndpointResponse<>(notOnDisk(), ACCEPTED));
    }

    private Pending notOnDisk() {
        return new Pending(("it is said, but not on the disk of %s yet, and takes effect once it is; "
                        + "see how it stands with 'ring status' (GET /actuator/ring)")
                .formatted(self));
    }

    private static List<RequestedChange> requested(
            @Nullable String join,
            @Nullable String leave,
            @Nullable String replace,
            @Nullable String by,
            @Nullable String alter) {
        List<RequestedChange> requested = new ArrayList<>();
        names(join).forEach(node -> requested.add(new RequestedChange.Join(node)));
        names(leave).forEach(node -> requested.add(new RequestedChange.Leave(node)));
        names(alter).forEach(node -> requested.add(new RequestedChange.Alter(node)));
        if ((replace == null) != (by == null)) {
            throw new PlanRefusedException("replace which node by which? 'replace' and 'by' go together");
        }
        if (replace != null && by != null) {
            requested.add(new RequestedChange.Replace(new NodeId(replace), new NodeId(by)));
        }
        return requested;
    }

    private static List<NodeId> names(@Nullable String names) {
        return names == null
                ? List.of()
                : Arrays.stream(names.split(","))
                        .map(String::strip)
                        .map(NodeId::new)
                        .toList();
    }

    private static WebEndpointResponse<Object> refused(int status, String why) {
        return new WebEndpointResponse<>(new Problem(why), status);
    }

    private <T> T ask(Function<DynamoNode, T> question) {
        return Questions.ask(driver, question);
    }
}
