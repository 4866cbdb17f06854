package io.dynamocart.app.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.mock.env.MockEnvironment;

/** Three instances in one JVM are one shop. */
class LocalClusterTests {

    @RegisterExtension
    static final SharedLocalCluster CLUSTER = new SharedLocalCluster();

    private final List<Shop> shops =
            CLUSTER.get().urls().stream().map(Shop::new).toList();

    @Test
    void itsPortsAndDirectoryCanBeSet() {
        MockEnvironment settings = new MockEnvironment();
        assertThat(LocalClusterProperties.of(settings))
                .isEqualTo(new LocalClusterProperties(8081, 7001, Path.of("data")));

        settings.setProperty("local-cluster.http-port", "9081");
        settings.setProperty("local-cluster.data-dir", "elsewhere");
        assertThat(LocalClusterProperties.of(settings))
                .isEqualTo(new LocalClusterProperties(9081, 7001, Path.of("elsewhere")));
    }

    @Test
    void whatIsAddedThroughOneInstanceIsSeenThroughAnother() {
        assertThat(shops.getFirst().add("alice", "apple")).matches(Shop.Answer::isCreated);

        assertThat(shops.getLast().quantity("alice", "apple")).isEqualTo(1);
    }

    @Test
    void ofNinetyAddsAtOnceThroughAllInstancesEachCountsOnce() throws Exception {
        List<Callable<Shop.Answer>> adds = new ArrayList<>();
        shops.forEach(shop -> adds.addAll(Collections.nCopies(30, () -> shop.add("bob", "apple"))));

        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(clients.invokeAll(adds)).extracting(Future::resultNow).allMatch(Shop.Answer::isCreated);
        }

        assertThat(shops).extracting(shop -> shop.quantity("bob", "apple")).containsExactly(90L, 90L, 90L);
    }
}
