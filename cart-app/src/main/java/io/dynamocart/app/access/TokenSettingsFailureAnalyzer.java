package io.dynamocart.app.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a start that failed since a setting of {@link TokenSettings} was not understood.
 */
final class TokenSettingsFailureAnalyzer extends AbstractFailureAnalyzer<TokenSettings.Misunderstood> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TokenSettings.Misunderstood cause) {
        return new FailureAnalysis(
                "The instance did not start. " + cause.getMessage() + ".", """
                Say whose tokens count by one of

                    %1$s.issuer-uri
                    %1$s.jwk-set-uri
                    %1$s.public-key-location

                and beside it set what else Spring Boot knows below %1$s, such as audiences. Tokens are JWTs: to ask \
                their issuer about each (opaquetoken) is not understood. Without any of these settings all carts are \
                open, to whoever knows their names.""".formatted(TokenSettings.JWT), cause);
    }
}
