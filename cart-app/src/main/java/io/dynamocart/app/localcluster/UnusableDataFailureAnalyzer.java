package io.dynamocart.app.localcluster;

import io.dynamocart.store.storage.DataDirectory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** Says how the local cluster gets another data directory. The advice of the store is the setting of one instance. */
final class UnusableDataFailureAnalyzer extends AbstractFailureAnalyzer<DataDirectory.Unusable> implements Ordered {

    private final ConfigurableEnvironment environment;

    UnusableDataFailureAnalyzer(Environment environment) {
        this.environment = (ConfigurableEnvironment) environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, DataDirectory.Unusable cause) {
        if (!environment.getPropertySources().contains(LocalInstance.OWN_SETTINGS)) {
            return null;
        }
        return new FailureAnalysis(
                "The local cluster did not start: " + cause.problem(),
                cause.remedy().replace("dynamo.store.data-dir", "local-cluster.data-dir"),
                cause);
    }

    /** Before that of the store. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
