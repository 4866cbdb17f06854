package io.dynamocart.store.actuate;

import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.runtime.NodeDriver;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether this node can go on as it is: its thread answers and its disk takes writes. Meant for liveness, since
 * only a new start helps where it does not.
 */
public final class DynamoNodeHealthIndicator extends AbstractHealthIndicator implements NodeEvent.Listener {

    private static final int PATIENCE_SECONDS = 5;

    private final ObjectProvider<NodeDriver> driver;
    private volatile @Nullable String diskFailure;

    /** @param driver asked for late, because the driver wants its listeners first */
    public DynamoNodeHealthIndicator(ObjectProvider<NodeDriver> driver) {
        super("the node does not answer");
        this.driver = driver;
    }

    @Override
    public void on(NodeEvent event) {
        if (event instanceof NodeEvent.DiskFailed failed) {
            diskFailure = failed.detail();
        }
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws Exception {
        driver.getObject().ask(node -> true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        String failure = diskFailure;
        if (failure == null) {
            builder.up();
        } else {
            builder.down().withDetail("disk", failure);
        }
    }
}
