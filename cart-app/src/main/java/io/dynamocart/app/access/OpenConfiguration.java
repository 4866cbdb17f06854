package io.dynamocart.app.access;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Lets everybody in where no tokens are asked for. */
@Configuration(proxyBeanMethods = false)
@Conditional(OpenConfiguration.NoTokens.class)
class OpenConfiguration {

    /** Before anything is made. */
    @Bean
    static BeanFactoryPostProcessor nobodyWantsTokens(ConfigurableEnvironment environment) {
        return _ -> TokenSettings.checkNone(environment);
    }

    @Bean
    CartAccess openAccess() {
        return CartAccess.open();
    }

    /** Nobody is named whose tokens count. */
    static final class NoTokens extends NoneNestedConditions {
        NoTokens() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @Conditional(TokensConfiguration.Issuer.class)
        static final class Tokens {}
    }
}
