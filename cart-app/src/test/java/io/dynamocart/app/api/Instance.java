package io.dynamocart.app.api;

import io.dynamocart.app.CartApplication;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.runtime.Await;
import io.dynamocart.store.runtime.NodeDriver;
import io.dynamocart.store.transport.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The whole application as one instance with a store of its own, on ports and in a directory of its own. */
final class Instance implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final Path directory;

    private Instance(ConfigurableApplicationContext context, Path directory) {
        this.context = context;
        this.directory = directory;
    }

    /** An instance whose store is a cluster of its own, and ready; with these arguments beside its own. */
    static Instance alone(String... settings) {
        String address = Ports.freeAddresses(1).getFirst();
        Instance instance = start("node-1", address, address, 1, settings);
        instance.awaitReady();
        return instance;
    }

    /** One of the instances whose store is a cluster of these nodes, each of which holds everything; it may not be ready. */
    static Instance among(List<String> addresses, int number, String... settings) {
        String address = addresses.get(number - 1);
        return start("node-" + number, address, String.join(",", addresses), addresses.size(), settings);
    }

    void awaitReady() {
        NodeDriver driver = bean(NodeDriver.class);
        Await.until("the node is ready", () -> driver.ask(DynamoNode::isReady).join());
    }

    /** An instance whose store waits for another seed, which never comes. */
    static Instance waitingForAnother(String... settings) {
        List<String> seeds = Ports.freeAddresses(2);
        return among(seeds, 1, settings);
    }

    private static Instance start(String node, String address, String seeds, int n, String... settings) {
        Path directory = temporaryDirectory();
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--dynamo.store.node-id=" + node,
                "--dynamo.store.address=" + address,
                "--dynamo.store.seeds=" + seeds,
                "--dynamo.store.data-dir=" + directory,
                "--dynamo.store.partitions=8",
                // The only seed waits some rounds for news of a cluster
                "--dynamo.store.gossip-interval=10ms",
                // What is tested here is what is answered, not how fast a busy machine is
                "--dynamo.store.request-timeout=20s",
                "--dynamo.store.n=" + n,
                "--dynamo.store.r=1",
                "--dynamo.store.w=1"));
        arguments.addAll(List.of(settings));
        ConfigurableApplicationContext context = new SpringApplicationBuilder(CartApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .run(arguments.toArray(String[]::new));
        return new Instance(context, directory);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Where its management is, if not there as well. */
    URI managementUrl() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.management.port"));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    @Override
    public void close() {
        context.close();
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("cart-api-tests");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
