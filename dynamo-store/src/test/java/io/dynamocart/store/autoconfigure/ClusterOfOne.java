package io.dynamocart.store.autoconfigure;

import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.runtime.Await;
import io.dynamocart.store.runtime.NodeDriver;
import java.nio.file.Path;
import org.springframework.context.ApplicationContext;

/** A node alone, as Spring Boot makes it. */
public final class ClusterOfOne {

    private ClusterOfOne() {}

    public static String[] properties(String address, Path directory) {
        return new String[] {
            "dynamo.store.node-id=node-1",
            "dynamo.store.address=" + address,
            "dynamo.store.seeds=" + address,
            "dynamo.store.data-dir=" + directory,
            // The only seed waits some rounds for news of a cluster
            "dynamo.store.gossip-interval=10ms",
            // No test is about how quick this machine's disk is
            "dynamo.store.request-timeout=5s",
            "dynamo.store.n=1",
            "dynamo.store.r=1",
            "dynamo.store.w=1",
            "dynamo.store.partitions=8"
        };
    }

    /** The node of the context, once it is ready. */
    public static NodeDriver ready(ApplicationContext context) {
        NodeDriver driver = context.getBean(NodeDriver.class);
        Await.until("the node is ready", () -> driver.ask(DynamoNode::isReady).join());
        return driver;
    }
}
