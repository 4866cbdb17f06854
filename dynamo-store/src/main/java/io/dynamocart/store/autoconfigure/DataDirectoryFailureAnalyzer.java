package io.dynamocart.store.autoconfigure;

import io.dynamocart.store.storage.DataDirectory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words why a node does not start in its data directory, where a stack trace would not help. */
final class DataDirectoryFailureAnalyzer extends AbstractFailureAnalyzer<DataDirectory.Unusable> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DataDirectory.Unusable cause) {
        return new FailureAnalysis("The node did not start: " + cause.problem(), cause.remedy(), cause);
    }
}
