package io.dynamocart.app.access;

import io.github.bucket4j.TimeMeter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Puts the rate limit, where one is set, in front of the API and behind what finds out who calls.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(prefix = RateLimitProperties.PREFIX, name = "per-second")
@EnableConfigurationProperties(RateLimitProperties.class)
class RateLimitConfiguration {

    @Bean
    FilterRegistrationBean<RateLimitFilter> rateLimit(
            RateLimitProperties properties, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        RateLimit limit = new RateLimit(properties, TimeMeter.SYSTEM_NANOTIME);
        var filter = new FilterRegistrationBean<>(new RateLimitFilter(limit, problems));
        filter.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
        return filter;
    }
}
