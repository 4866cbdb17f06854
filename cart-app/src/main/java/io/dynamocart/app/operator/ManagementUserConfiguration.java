package io.dynamocart.app.operator;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Asks for the operator's name and password at the management endpoints, on whatever port they are, where a password is
 * set. Health stays open: whoever asks for it has none.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@ConditionalOnProperty("spring.security.user.password")
class ManagementUserConfiguration {

    @Bean
    SecurityFilterChain management(HttpSecurity http, SecurityProperties properties) {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .userDetailsService(operator(properties.getUser()))
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .httpBasic(basic -> basic.realmName("operators"))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Changes for a page of another site are refused by OperatorsAreLocal
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Boot makes the same, but only where no tokens are asked for. */
    private static UserDetailsService operator(SecurityProperties.User user) {
        String password = user.getPassword();
        return new InMemoryUserDetailsManager(User.withUsername(user.getName())
                .password(password.startsWith("{") ? password : "{noop}" + password)
                .roles(user.getRoles().toArray(String[]::new))
                .build());
    }
}
