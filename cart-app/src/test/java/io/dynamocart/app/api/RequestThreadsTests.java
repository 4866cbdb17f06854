package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.app.CartProperties;
import io.dynamocart.store.runtime.DriverSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;

/** The threads that requests are served by (docs/decisions/0021). */
class RequestThreadsTests {

    private static Instance instance;

    @BeforeAll
    static void start() {
        instance = Instance.alone();
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    /** Virtual ones are not among all threads, which has the platform's only. */
    @Test
    void areThoseOfThePlatform() {
        try (Http http = new Http(instance.url())) {
            http.get("/carts/c").is(200);
        }

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .anyMatch(name -> name.startsWith("http-nio-") && name.contains("-exec-"));
    }

    /** Else those that the store would refuse wait for a thread, and are not told. */
    @Test
    void areMoreThanRequestsThatTheStoreTakes() {
        int threads = instance.bean(TomcatServerProperties.class).getThreads().getMax();

        assertThat(threads)
                .isGreaterThan(2 * instance.bean(DriverSettings.class).maxInFlight());
    }

    /** As many as wait for a cart may be in the batch that is being written. */
    @Test
    void areNotAllTakenByOneCart() {
        int threads = instance.bean(TomcatServerProperties.class).getThreads().getMax();
        int ofOneCart = 2 * instance.bean(CartProperties.class).maxWaiting();

        assertThat(threads).isGreaterThan(2 * ofOneCart);
    }
}
