package io.dynamocart.store.actuate;

import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.runtime.NodeDriver;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether this node serves requests: it belongs to a cluster. Meant for readiness, since a node that waits for its
 * cluster to be born needs patience and no restart.
 */
public final class DynamoStoreHealthIndicator extends AbstractHealthIndicator {

    private static final int PATIENCE_SECONDS = 2;

    private final NodeDriver driver;

    public DynamoStoreHealthIndicator(NodeDriver driver) {
        super("the node does not answer");
        this.driver = driver;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws Exception {
        String obstacle = driver.ask(DynamoNode::obstacle).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (obstacle.isEmpty()) {
            builder.up();
        } else {
            builder.outOfService().withDetail("waitingFor", obstacle);
        }
    }
}
