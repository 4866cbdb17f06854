package io.dynamocart.store.actuate;

import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.membership.PlanRefusedException;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.node.Wish;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.runtime.NodeDriver;
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

    private static final int MOST_SHOWN = 16;

    private final NodeDriver driver;
    private final NodeId self;
    private final Map<String, Plan> shown = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Plan> eldest) {
            return size() > MOST_SHOWN;
        }
    };

    /** What became of a wish that could not be fulfilled. */
    public record Problem(String problem) {}

    public RingEndpoint(NodeDriver driver, NodeId self) {
        this.driver = driver;
        this.self = self;
    }

    @ReadOperation
    public RingReport ring() {
        return ask(node -> RingReport.of(self, node));
    }

    /**
     * {@code plan} shows what would follow from the other arguments, {@code commit} makes it so, {@code remove} gives up
     * a member that is gone for good.
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
                case "plan" -> new WebEndpointResponse<>(plan(wishes(join, leave, replace, by, alter)));
                case "commit" -> new WebEndpointResponse<>(commit(id));
                case "remove" -> new WebEndpointResponse<>(remove(node));
                default -> refused(404, "there is no '%s', only plan, commit and remove".formatted(action));
            };
        } catch (IllegalArgumentException refusal) {
            return refused(409, String.valueOf(refusal.getMessage()));
        }
    }

    private PlanReport plan(List<Wish> wishes) {
        Plan plan = ask(node -> node.plan(wishes));
        synchronized (shown) {
            shown.put(plan.name(), plan);
        }
        return PlanReport.of(plan);
    }

    private PlanReport commit(@Nullable String id) {
        Plan plan;
        synchronized (shown) {
            plan = id == null ? null : shown.get(id);
        }
        if (plan == null) {
            throw new PlanRefusedException("this node has shown no plan '%s'; plan it anew".formatted(id));
        }
        return afterSaying(node -> node.commit(plan), node -> PlanReport.of(plan, node.history()));
    }

    private RingReport remove(@Nullable String node) {
        if (node == null) {
            throw new PlanRefusedException("which node?");
        }
        return afterSaying(it -> it.forceRemove(new NodeId(node)), it -> RingReport.of(self, it));
    }

    /** What the node shows once it has a statement on its disk, and so acts on it. */
    private <T> T afterSaying(Consumer<DynamoNode> statement, Function<DynamoNode, T> report) {
        CompletableFuture<T> kept = new CompletableFuture<>();
        boolean _ = ask(node -> {
            statement.accept(node);
            node.whenKept(() -> kept.complete(report.apply(node)));
            return true;
        });
        return Questions.await(kept);
    }

    private static List<Wish> wishes(
            @Nullable String join,
            @Nullable String leave,
            @Nullable String replace,
            @Nullable String by,
            @Nullable String alter) {
        List<Wish> wishes = new ArrayList<>();
        names(join).forEach(node -> wishes.add(new Wish.Join(node)));
        names(leave).forEach(node -> wishes.add(new Wish.Leave(node)));
        names(alter).forEach(node -> wishes.add(new Wish.Alter(node)));
        if ((replace == null) != (by == null)) {
            throw new PlanRefusedException("replace which node by which? 'replace' and 'by' go together");
        }
        if (replace != null && by != null) {
            wishes.add(new Wish.Replace(new NodeId(replace), new NodeId(by)));
        }
        return wishes;
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
