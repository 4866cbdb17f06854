package io.dynamocart.store.actuate;

import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.runtime.NodeDriver;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether this node serves requests: it belongs to a cluster. Meant for readiness, since a node that waits for
 * its cluster to be born needs patience and no restart. One whose disk is full is ready, and says so: it reads, and
 * others take the writes of its clients.
 */
public final class DynamoStoreHealthIndicator extends AbstractHealthIndicator {

    private static final int PATIENCE_SECONDS = 2;

    private final NodeDriver driver;

    private record State(String obstacle, DiskState disk) {

        static State of(DynamoNode node) {
            return new State(node.obstacle(), node.reports().disk());
        }
    }

    public DynamoStoreHealthIndicator(NodeDriver driver) {
        super("the node does not answer");
        this.driver = driver;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws Exception {
        State state = driver.ask(State::of).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (state.obstacle.isEmpty()) {
            builder.up();
        } else {
            builder.outOfService().withDetail("waitingFor", state.obstacle);
        }
        if (state.disk instanceof DiskState.Full(String detail)) {
            builder.withDetail("disk", detail);
        }
    }
}
