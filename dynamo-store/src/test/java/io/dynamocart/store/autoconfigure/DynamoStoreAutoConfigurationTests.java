package io.dynamocart.store.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.Expiry;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.actuate.DynamoNodeHealthIndicator;
import io.dynamocart.store.actuate.DynamoStoreHealthIndicator;
import io.dynamocart.store.actuate.RingEndpoint;
import io.dynamocart.store.actuate.StoreMeters;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.node.ReapSettings;
import io.dynamocart.store.runtime.DriverSettings;
import io.dynamocart.store.runtime.NodeDriver;
import io.dynamocart.store.transport.HostAndPort;
import io.dynamocart.store.transport.Ports;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Reconciliation;
import io.dynamocart.store.version.Value;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class DynamoStoreAutoConfigurationTests {

    private static final String NO_SECRET = "dynamo.store.secret is empty";

    @TempDir
    Path directory;

    private final String address = Ports.freeAddresses(1).getFirst();

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DynamoStoreAutoConfiguration.class, DynamoStoreActuatorAutoConfiguration.class));

    @Test
    void doesNothingWithoutANodeId() {
        contexts.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DynamoStore.class));
    }

    @Test
    void offersAStoreThatWorks() {
        alone().run(context -> {
            DynamoStore store = readyStore(context);
            Key key = Key.of("key");
            store.put(key, Context.none(key), Value.of("value"))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();

            assertThat(store.get(key).join().versions().live()).hasSize(1);
        });
    }

    @Test
    void readsItsProperties() {
        alone().withPropertyValues(
                        "dynamo.store.zone=rack-7",
                        "dynamo.store.request-timeout=3s",
                        "dynamo.store.cache-size=5MB",
                        "dynamo.store.reap-after=3d",
                        "dynamo.store.reap-grace=2m",
                        "dynamo.store.reconciliation=last-writer-wins",
                        "dynamo.store.truncate-clocks=true")
                .run(context -> {
                    DriverSettings settings = context.getBean(DriverSettings.class);
                    assertThat(settings.node().self().zone()).isEqualTo("rack-7");
                    assertThat(settings.node().read().timeout()).hasSeconds(3);
                    assertThat(settings.storage().cacheBytes()).isEqualTo(5 << 20);
                    assertThat(settings.node().repair().reaping())
                            .isEqualTo(
                                    new ReapSettings(Duration.ofDays(3), Duration.ofMinutes(2), Duration.ofMinutes(1)));
                    assertThat(settings.node().limits().reconciliation()).isEqualTo(Reconciliation.LAST_WRITER_WINS);
                    assertThat(settings.node().limits().truncation().most()).isEqualTo(10);
                });
    }

    @Test
    void aClusterIsBornWithOneOfTheThreeStrategies() {
        for (int strategy : List.of(1, 2, 3)) {
            alone().withPropertyValues(
                            "dynamo.store.partitioning=" + strategy,
                            "dynamo.store.tokens=8",
                            "dynamo.store.data-dir=" + directory.resolve("strategy-" + strategy))
                    .run(context -> {
                        readyStore(context);
                        NodeDriver driver = context.getBean(NodeDriver.class);
                        assertThat(driver.ask(node -> node.history()
                                                .founding()
                                                .orElseThrow()
                                                .partitioning()
                                                .strategy())
                                        .join())
                                .isEqualTo(strategy);
                    });
        }
    }

    @Test
    void showsTheRingAndSaysWhyAWishCannotBeFulfilled() {
        alone().withPropertyValues("management.endpoints.web.exposure.include=ring")
                .run(context -> {
                    readyStore(context);
                    RingEndpoint ring = context.getBean(RingEndpoint.class);
                    assertThat(ring.ring().members()).singleElement().satisfies(member -> {
                        assertThat(member.id()).isEqualTo("node-1");
                        assertThat(member.holds()).isEqualTo(ring.ring().partitions());
                    });
                    assertThat(problem(ring.change("plan", "node-9", null, null, null, null, null, null)))
                            .startsWith("node-9 is not known here");
                    assertThat(problem(ring.change("plan", null, "node-1", null, null, null, null, null)))
                            .isEqualTo("nobody would be left");
                    assertThat(problem(ring.change("plan", null, null, "node-1", null, null, null, null)))
                            .contains("'replace' and 'by' go together");
                    assertThat(problem(ring.change("plan", "node-9", null, null, "node-2", null, null, null)))
                            .contains("'replace' and 'by' go together");
                    assertThat(problem(ring.change("plan", null, null, null, null, "node-1", null, null)))
                            .startsWith("node-1 is on the ring as its settings say");
                    assertThat(ring.ring().otherThanOnRing()).isEmpty();
                    assertThat(problem(ring.change("commit", null, null, null, null, null, null, "1 by nobody")))
                            .contains("has shown no plan '1 by nobody'");
                    assertThat(problem(ring.change("remove", null, null, null, null, null, "node-9", null)))
                            .isEqualTo("node-9 is no member");
                    assertThat(ring.change("dance", null, null, null, null, null, null, null)
                                    .getStatus())
                            .isEqualTo(404);
                });
    }

    private static String problem(WebEndpointResponse<Object> answer) {
        assertThat(answer.getStatus()).isEqualTo(409);
        return ((RingEndpoint.Problem) Objects.requireNonNull(answer.getBody())).problem();
    }

    @Test
    void takesCertificatesFromASslBundle() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=node-1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Path keys = directory.resolve("node-1.pem");
        Files.writeString(keys, certificate.getCertificatePathPEM() + certificate.getPrivateKeyPEM());
        ApplicationContextRunner secured = alone().withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withPropertyValues(
                        "spring.ssl.bundle.pem.nodes.keystore.certificate=file:" + keys,
                        "spring.ssl.bundle.pem.nodes.keystore.private-key=file:" + keys,
                        "spring.ssl.bundle.pem.nodes.truststore.certificate=file:" + keys);

        secured.withPropertyValues("dynamo.store.ssl-bundle=nodes")
                .run(context ->
                        assertThat(context.getBean(DriverSettings.class).tls()).isNotNull());
        secured.run(context ->
                assertThat(context.getBean(DriverSettings.class).tls()).isNull());
        secured.withPropertyValues("dynamo.store.ssl-bundle=nobodys")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("nobodys"));
    }

    @Test
    void refusesSettingsThatCannotWork() {
        for (String setting : List.of(
                "dynamo.store.w=4",
                "dynamo.store.r=0",
                "dynamo.store.n=0",
                "dynamo.store.partitions=0",
                "dynamo.store.partitioning=4",
                "dynamo.store.tokens=0",
                "dynamo.store.address=here",
                "dynamo.store.node-id=two words",
                "dynamo.store.request-timeout=0s",
                "dynamo.store.hedged-reads=0.9",
                "dynamo.store.disk-reserve=31MB",
                "dynamo.store.reap-after=-1s",
                "dynamo.store.reap-grace=9s",
                "dynamo.store.reap-interval=0s",
                "dynamo.store.reconciliation=newest",
                "dynamo.store.weight=0")) {
            alone().withPropertyValues(setting)
                    .run(context -> assertThat(context).as(setting).hasFailed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynamo.store.address=0.0.0.0:%s", "dynamo.store.bind-address=[::]:%s"})
    @ExtendWith(OutputCaptureExtension.class)
    void whereStrangersReachItWithoutASecretItSaysSoAtTheStart(String reachable, CapturedOutput output) {
        String setting = reachable.formatted(HostAndPort.parse(address).port());
        alone().withPropertyValues(setting).run(context -> assertThat(context).hasNotFailed());

        assertThat(output.getOut().lines().filter(line -> line.contains(NO_SECRET)))
                .singleElement()
                .asString()
                .contains(setting.substring(setting.indexOf('=') + 1), "dynamo.store.ssl-bundle");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamo.store.secret=correct horse battery staple",
                "dynamo.store.bind-address=localhost:%s",
                "dynamo.store.bind-address=[::1]:%s"
            })
    @ExtendWith(OutputCaptureExtension.class)
    void butNotWhereThereIsOneOrNobodyElsewhereReachesIt(String closed, CapturedOutput output) {
        String port = Integer.toString(HostAndPort.parse(address).port());
        alone().withPropertyValues("dynamo.store.address=0.0.0.0:" + port, closed.formatted(port))
                .run(context -> assertThat(context).hasSingleBean(DriverSettings.class));

        assertThat(output.getOut()).doesNotContain(NO_SECRET);
    }

    @Test
    void takesFromTheApplicationWhenItsValuesGo() {
        Expiry monthly = Expiry.after(Duration.ofDays(30));

        alone().withBean(Expiry.class, () -> monthly)
                .run(context -> assertThat(
                                context.getBean(DriverSettings.class).node().expiry())
                        .isSameAs(monthly));
    }

    @Test
    void tellsItsHealth() {
        alone().run(context -> {
            readyStore(context);
            assertThat(context.getBean(DynamoStoreHealthIndicator.class)
                            .health()
                            .getStatus())
                    .isEqualTo(Status.UP);
            assertThat(context.getBean(DynamoNodeHealthIndicator.class).health().getStatus())
                    .isEqualTo(Status.UP);
        });
    }

    @Test
    void isNotAliveOnceItsDiskHasFailed() {
        alone().run(context -> {
            DynamoNodeHealthIndicator indicator = context.getBean(DynamoNodeHealthIndicator.class);
            indicator.on(new NodeEvent.DiskFailed("i/o error"));

            assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(indicator.health().getDetails()).containsEntry("disk", "i/o error");
        });
    }

    @Test
    void isReadyOnAFullDiskWhichItShows() {
        alone().withBean(SimpleMeterRegistry.class)
                .withPropertyValues("dynamo.store.disk-reserve=1000000TB")
                .run(context -> {
                    readyStore(context);
                    var health =
                            context.getBean(DynamoStoreHealthIndicator.class).health();

                    assertThat(health.getStatus()).isEqualTo(Status.UP);
                    assertThat(health.getDetails().toString()).contains("disk is full", "dynamo.store.disk-reserve");
                    assertThat(context.getBean(MeterRegistry.class)
                                    .get("dynamo.store.disk.full")
                                    .gauge()
                                    .value())
                            .isEqualTo(1);
                });
    }

    @Test
    void refusesWritesOnAFullDiskAndSaysWhy() {
        alone().withPropertyValues("dynamo.store.disk-reserve=1000000TB").run(context -> {
            DynamoStore store = readyStore(context);
            Key key = Key.of("key");

            assertThatThrownBy(() ->
                            store.put(key, Context.none(key), Value.of("value")).join())
                    .hasCauseInstanceOf(StoreException.TooFewReplicas.class)
                    .hasMessageContaining("disk is full");
            assertThat(store.get(key).join().versions().live()).isEmpty();
        });
    }

    @Test
    void aDirectoryThatIsInUseIsExplained() {
        alone().run(first -> alone().run(second -> {
            Throwable failure = Objects.requireNonNull(second.getStartupFailure());
            FailureAnalysis analysis = Objects.requireNonNull(new CannotStartFailureAnalyzer().analyze(failure));

            assertThat(analysis.getDescription()).contains(directory.toString(), "is in use");
            assertThat(analysis.getAction()).contains("stop the process", "dynamo.store.data-dir");
        }));
    }

    @Test
    void springBootKnowsWhoExplains() {
        // Some of Spring Boot's own want arguments that a start has and this has not
        FailureHandler leaveOut = (_, _, _) -> {};

        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, leaveOut))
                .hasAtLeastOneElementOfType(CannotStartFailureAnalyzer.class);
    }

    @Test
    void isOutOfServiceAsLongAsItsClusterIsNotBorn() {
        String elsewhere = Ports.freeAddresses(1).getFirst();
        alone().withPropertyValues("dynamo.store.seeds=" + address + "," + elsewhere)
                .run(context -> {
                    var health =
                            context.getBean(DynamoStoreHealthIndicator.class).health();
                    assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
                    assertThat(health.getDetails().toString()).contains(elsewhere);
                });
    }

    @Test
    void metersRequests() {
        alone().withBean(SimpleMeterRegistry.class).run(context -> {
            DynamoStore store = readyStore(context);
            Key key = Key.of("key");
            store.put(key, Context.none(key), Value.of("value")).join();
            store.get(key).join();
            MeterRegistry registry = context.getBean(MeterRegistry.class);

            assertThat(registry.get("dynamo.store.put")
                            .tag("outcome", "succeeded")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("dynamo.store.get.versions")
                            .tag("versions", "1")
                            .counter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void needsNoActuator() {
        alone().withClassLoader(new FilteredClassLoader(HealthIndicator.class, MeterRegistry.class))
                .run(context -> assertThat(context)
                        .hasSingleBean(DynamoStore.class)
                        .doesNotHaveBean(StoreMeters.class)
                        .doesNotHaveBean(DynamoStoreHealthIndicator.class));
    }

    /** A cluster of one is born as soon as it has written that down. */
    private static DynamoStore readyStore(ApplicationContext context) {
        ClusterOfOne.ready(context);
        return context.getBean(DynamoStore.class);
    }

    private ApplicationContextRunner alone() {
        return contexts.withPropertyValues(ClusterOfOne.properties(address, directory));
    }
}
