package io.dynamocart.app.localcluster;

import io.dynamocart.app.CartApplication;
import io.dynamocart.store.runtime.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.springframework.util.FileSystemUtils;

/** The one local cluster that several classes share: started for the first of them, stopped after the last. */
public final class SharedLocalCluster implements BeforeAllCallback {

    /** Lets an instance wait for longer than a busy disk stands still, and for less than the page waits for it. */
    static final String PATIENT = "--dynamo.store.request-timeout=5s";

    private @Nullable LocalCluster cluster;

    private record Started(LocalCluster cluster, Path directory) implements AutoCloseable {

        static Started now() {
            try {
                Path directory = Files.createTempDirectory("local-cluster-tests");
                return new Started(
                        LocalCluster.start(CartApplication.class, FreePorts.settings(directory), PATIENT), directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            cluster.stop();
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Started.class, _ -> Started.now(), Started.class)
                .cluster();
    }

    public LocalCluster get() {
        return Objects.requireNonNull(cluster, "not started");
    }

    /** As it was at first: all run, all links carry, and requests need two replicas. */
    public void repair() {
        get().links().cut(List.of());
        get().quorum().set(new Quorum.Size(2, 2));
        for (LocalCluster.Instance instance : get().instances()) {
            await(instance.name(), InstanceState.STOPPED, InstanceState.RUNNING);
            get().power().on(instance.name());
            await(instance.name(), InstanceState.RUNNING);
        }
    }

    /** Until an instance is at one of these. */
    public void await(String name, InstanceState... goals) {
        Await.until(name + " is one of " + List.of(goals), () -> List.of(goals).contains(stateOf(name)));
    }

    private InstanceState stateOf(String name) {
        return get().instances().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
