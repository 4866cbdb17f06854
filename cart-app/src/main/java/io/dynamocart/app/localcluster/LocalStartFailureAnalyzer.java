package io.dynamocart.app.localcluster;

import io.dynamocart.store.port.CannotStartException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** Says how a node of the local cluster can start. The advice of the store names the settings of one instance. */
final class LocalStartFailureAnalyzer extends AbstractFailureAnalyzer<CannotStartException> implements Ordered {

    private final ConfigurableEnvironment environment;

    LocalStartFailureAnalyzer(Environment environment) {
        this.environment = (ConfigurableEnvironment) environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, CannotStartException cause) {
        if (!environment.getPropertySources().contains(LocalInstance.OWN_SETTINGS)) {
            return null;
        }
        String remedy = cause.remedy()
                .replace("dynamo.store.data-dir", "local-cluster.data-dir")
                .replace("dynamo.store.address", "local-cluster.node-port");
        return new FailureAnalysis("The local cluster did not start: " + cause.problem(), remedy, cause);
    }

    /** Before that of the store. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
