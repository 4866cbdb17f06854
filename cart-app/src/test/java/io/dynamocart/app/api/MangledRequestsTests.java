package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.simulation.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/** Whatever a client sends is answered in form, or its connection is ended, and nobody else notices. */
@Isolated("measures the heap, and looks for errors in the log")
class MangledRequestsTests {

    /** Far fewer than connections that would each keep one, and none is given back by a time-out. */
    private static final String[] FEW_THREADS = {
        "--server.tomcat.threads.max=4", "--server.tomcat.connection-timeout=60s"
    };

    /** Less than if each connection had left 8 KiB; what was put into the carts is among it. */
    private static final long MOST_KEPT = DataSize.ofMegabytes(32).toBytes();

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    private final Tally met = new Tally();

    /** They are worth an alert, so no client should bring them about. */
    private final ListAppender<ILoggingEvent> errors = new ListAppender<>();

    @BeforeEach
    void keepErrors() {
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel("ERROR");
        filter.start();
        errors.addFilter(filter);
        errors.start();
    }

    @AfterEach
    void leaveTheLog() {
        ROOT.detachAppender(errors);
    }

    /** Each connection has two on the average. */
    @Test
    void tenThousandOfThemLeaveAnInstanceServing() {
        try (Instance instance = Instance.alone(FEW_THREADS)) {
            sendOver(500, instance);
            long before = heapInUse();

            sendOver(5_000, instance);

            assertThat(heapInUse() - before).as("bytes kept").isLessThan(MOST_KEPT);
            try (Http http = new Http(instance.url())) {
                http.post("/carts/another/items", "{'itemId':'apple','quantity':1,'unitPrice':150}")
                        .is(201)
                        .says("quantity", "1");
            }
        }
        System.out.printf("Mangled requests met:%n%s", met);
        if (Long.getLong("property.seed") == null) {
            assertThat(List.of(201, 202, 400, 404, 405, 406, 413, 415, 501, 505))
                    .allSatisfy(
                            status -> assertThat(met.of("answers " + status)).isGreaterThan(10));
        }
    }

    @Test
    void soDoTheyWhereTokensAreAskedForAndRequestsCounted(@TempDir Path directory) {
        String key = "--spring.security.oauth2.resourceserver.jwt.public-key-location=file:"
                + new TokenIssuer().publicKeyIn(directory);
        try (Instance instance =
                Instance.alone(FEW_THREADS[0], FEW_THREADS[1], key, "--cart.rate-limit.per-second=100")) {
            sendOver(1_000, instance);
        }
    }

    private void sendOver(int connections, Instance instance) {
        ROOT.addAppender(errors);
        Property.holds(connections, random -> send(instance, random));
    }

    private void send(Instance instance, SeededRandom random) {
        try {
            Conversation.with(instance.url(), MangledRequest.several(random)).forEach(this::check);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(errors.list).isEmpty();
    }

    private void check(Answer answer) {
        met.count("answers " + answer.status());
        if (answer.status() >= 500) {
            assertThat(answer.status()).as(answer.body()).isIn(501, 505);
        }
        if (answer.status() >= 400 && !answer.body().isEmpty()) {
            // What management refuses has a form of its own
            assertThat(answer.json().has("problem") || answer.text("type").startsWith("urn:dynamo-cart:problem:"))
                    .as(answer.body())
                    .isTrue();
        }
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
