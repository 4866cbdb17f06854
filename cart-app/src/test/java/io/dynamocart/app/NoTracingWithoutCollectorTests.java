package io.dynamocart.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/** That it does what it says is in {@code TracingTests}. */
class NoTracingWithoutCollectorTests {

    /** Fails where an upgrade of Spring Boot renames one, takes one away, or brings another. */
    @Test
    void itNamesAllThatSpringBootHas() {
        List<String> all = ImportCandidates.load(
                        AutoConfiguration.class, getClass().getClassLoader())
                .getCandidates();

        assertThat(all)
                .filteredOn(name -> name.startsWith("org.springframework.boot.micrometer.tracing.")
                        || name.startsWith("org.springframework.boot.opentelemetry."))
                .containsExactlyInAnyOrderElementsOf(NoTracingWithoutCollector.TRACING);
    }
}
