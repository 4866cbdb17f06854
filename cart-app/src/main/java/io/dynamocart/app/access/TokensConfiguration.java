package io.dynamocart.app.access;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Asks for tokens where Spring is told who issues them, by {@code spring.security.oauth2.resourceserver.jwt}. Without
 * that there is no filter of Spring Security at all. Its protective headers are left out, since ours are on every answer.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@Conditional(TokensConfiguration.Issuer.class)
class TokensConfiguration {

    private static final String JWT = TokenSettings.JWT;

    /** Before anything is made. */
    @Bean
    static BeanFactoryPostProcessor tokenSettingsAreUnderstood(ConfigurableEnvironment environment) {
        return _ -> TokenSettings.checkUnderstood(environment);
    }

    @Bean
    TokenAccess tokenAccess() {
        return new TokenAccess();
    }

    /** Of paths it lets through only what is not ambiguous. Which methods there are is for the API to say. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    @Bean
    SecurityFilterChain tokens(
            HttpSecurity http,
            TokenAccess access,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        String cart = "/carts/{" + TokenAccess.CART + "}";
        return http.securityMatcher("/carts/**")
                .authorizeHttpRequests(requests -> requests.requestMatchers(cart + "/versions")
                        .hasAuthority(TokenAccess.VERSIONS)
                        .requestMatchers(cart, cart + "/**")
                        .access(access)
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(server ->
                        server.jwt(Customizer.withDefaults()).withObjectPostProcessor(answeringWith(problems)))
                .exceptionHandling(refused -> refused.authenticationEntryPoint((request, response, refusal) ->
                                problems.resolveException(request, response, null, refusal))
                        .accessDeniedHandler((request, response, refusal) ->
                                problems.resolveException(request, response, null, refusal)))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // There are no cookies that another site could make use of
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Also where what was sent is no token, or nobody can be asked for the keys, which the filter would make a fault of ours. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answeringWith(
            HandlerExceptionResolver problems) {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationEntryPoint(
                        (request, response, refusal) -> problems.resolveException(request, response, null, refusal));
                filter.setAuthenticationFailureHandler(
                        (request, response, refusal) -> problems.resolveException(request, response, null, refusal));
                return filter;
            }
        };
    }

    /** Any of the ways to say whose signatures count. */
    static final class Issuer extends AnyNestedCondition {
        Issuer() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty(prefix = JWT, name = "issuer-uri")
        static final class Uri {}

        @ConditionalOnProperty(prefix = JWT, name = "jwk-set-uri")
        static final class KeySet {}

        @ConditionalOnProperty(prefix = JWT, name = "public-key-location")
        static final class PublicKey {}
    }
}
