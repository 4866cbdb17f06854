package io.dynamocart.app.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * One instance in a container. Clients reach it by a port of 127.0.0.1, on a network of its own; the other nodes, on a
 * second one that can be taken away.
 */
final class CartContainer extends GenericContainer<CartContainer> {

    private final int port;
    private final String alias;
    private final Network nodes;

    /**
     * @param number from 1 on
     * @param port of this machine, on which clients find it, also after it was killed
     * @param nodes the network on which it finds the others
     */
    CartContainer(Future<String> image, int number, int instances, int port, Network nodes) {
        super(image);
        this.port = port;
        this.alias = alias(number);
        this.nodes = nodes;
        StringBuilder seeds = new StringBuilder(alias(1) + ":7000");
        for (int seed = 2; seed <= instances; seed++) {
            seeds.append(',').append(alias(seed)).append(":7000");
        }
        withEnv("DYNAMO_STORE_NODEID", "node-" + number);
        withEnv("DYNAMO_STORE_ADDRESS", alias + ":7000");
        withEnv("DYNAMO_STORE_BINDADDRESS", "0.0.0.0:7000");
        withEnv("DYNAMO_STORE_SEEDS", seeds.toString());
        // No test is about how quick this machine is
        withEnv("DYNAMO_STORE_REQUESTTIMEOUT", "5s");
        withEnv("JDK_JAVA_OPTIONS", "-Xmx256m -XX:TieredStopAtLevel=1");
        PortBinding published = new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", port), new ExposedPort(8080));
        withCreateContainerCmdModifier(
                command -> Objects.requireNonNull(command.getHostConfig()).withPortBindings(published));
        waitingFor(Wait.forHttp("/readyz").forPort(8080).withStartupTimeout(Duration.ofMinutes(3)));
    }

    private static String alias(int number) {
        return "node-" + number + ".internode";
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Before it starts, since it looks for the others as soon as it does. */
    @Override
    protected void containerIsCreated(String containerId) {
        connect(containerId, nodes);
    }

    /** Cuts it off from the other nodes; clients still reach it. */
    void leave(Network network) {
        docker().disconnectFromNetworkCmd()
                .withContainerId(getContainerId())
                .withNetworkId(network.getId())
                .exec();
    }

    /** Lets it see the nodes on that network. */
    void join(Network network) {
        connect(getContainerId(), network);
    }

    /** The last lines of its log that warn, and those about its links. */
    String warned() {
        List<String> lines = getLogs()
                .lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR ") || line.contains("transport"))
                .toList();
        return alias + ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    /** Its address there. */
    String addressOn(Network network) {
        return docker()
                .inspectContainerCmd(getContainerId())
                .exec()
                .getNetworkSettings()
                .getNetworks()
                .values()
                .stream()
                .filter(joined -> network.getId().equals(joined.getNetworkID()))
                .map(ContainerNetwork::getIpAddress)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Stops it in its tracks: its links are up, and nobody answers. By a signal, since runc now and then fails to freeze a
     * container that begins a process just then, as each check of its health does.
     */
    void pause() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        docker().killContainerCmd(getContainerId()).withSignal(name).exec();
    }

    /** As {@code kill -9} does, and starts it again on what its disk holds. */
    void killAndStartAgain() {
        docker().killContainerCmd(getContainerId()).exec();
        docker().startContainerCmd(getContainerId()).exec();
    }

    private void connect(String containerId, Network network) {
        docker().connectToNetworkCmd()
                .withContainerId(containerId)
                .withNetworkId(network.getId())
                .withContainerNetwork(new ContainerNetwork().withAliases(alias))
                .exec();
    }

    private DockerClient docker() {
        return getDockerClient();
    }
}
