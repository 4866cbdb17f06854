package io.dynamocart.store.autoconfigure;

import io.dynamocart.store.transport.CannotListenException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words why a node does not start at its address, where a stack trace would not help. */
final class CannotListenFailureAnalyzer extends AbstractFailureAnalyzer<CannotListenException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CannotListenException cause) {
        return new FailureAnalysis("The node did not start: " + cause.problem(), cause.remedy(), cause);
    }
}
