package io.dynamocart.store.autoconfigure;

import io.dynamocart.store.port.CannotStartException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words why a node does not start, and what to do. */
final class CannotStartFailureAnalyzer extends AbstractFailureAnalyzer<CannotStartException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CannotStartException cause) {
        return new FailureAnalysis("The node did not start: " + cause.problem(), cause.remedy(), cause);
    }
}
