package io.dynamocart.app.localcluster;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** Says how the local cluster gets other ports. Spring's own advice is the setting of one instance, which three share. */
final class TakenPortFailureAnalyzer extends AbstractFailureAnalyzer<PortInUseException> implements Ordered {

    private final ConfigurableEnvironment environment;

    TakenPortFailureAnalyzer(Environment environment) {
        this.environment = (ConfigurableEnvironment) environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
        if (!environment.getPropertySources().contains(LocalInstance.OWN_SETTINGS)) {
            return null;
        }
        return new FailureAnalysis(
                "The local cluster did not start: port %d is taken.".formatted(cause.getPort()),
                "Stop what listens there, another local cluster perhaps; or begin with other ports, as in\n\n"
                        + "    ./mvnw spring-boot:run -Dspring-boot.run.arguments="
                        + "\"--local-cluster.http-port=9081 --local-cluster.node-port=7101\"",
                cause);
    }

    /** Before Spring's. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
