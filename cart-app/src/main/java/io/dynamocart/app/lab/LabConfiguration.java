package io.dynamocart.app.lab;

import io.dynamocart.app.localcluster.LocalCluster;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets the page that one instance of a local cluster has served talk to the others, and keeps other sites out. */
@Configuration(proxyBeanMethods = false)
@InLocalCluster
class LabConfiguration {

    @Bean
    Origins origins(LocalCluster cluster) {
        return Origins.of(cluster);
    }

    /** In front of all that could refuse what a browser asks before it sends a request. */
    @Bean
    FilterRegistrationBean<CorsFilter> pagesOfTheCluster(Origins origins) {
        UrlBasedCorsConfigurationSource paths = new UrlBasedCorsConfigurationSource();
        paths.registerCorsConfiguration("/carts/**", allowing(origins, "GET", "POST", "PATCH", "DELETE"));
        paths.registerCorsConfiguration("/lab/**", allowing(origins, "GET", "PUT"));
        paths.registerCorsConfiguration("/actuator/**", allowing(origins, "GET"));
        CorsFilter filter = new CorsFilter(paths);
        filter.setCorsProcessor(new RefusingCorsProcessor());
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<LocalNames> localNames() {
        FilterRegistrationBean<LocalNames> registration = new FilterRegistrationBean<>(new LocalNames());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    WebMvcConfigurer guards(Origins origins) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new LabGuard(origins)).addPathPatterns("/lab/**");
                registry.addInterceptor(new PageGuard(origins)).addPathPatterns("/lab/**", "/carts/*/merge");
            }
        };
    }

    private static CorsConfiguration allowing(Origins origins, String... methods) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(origins.urls());
        rules.setAllowedMethods(List.of(methods));
        rules.setAllowedHeaders(List.of(
                "Authorization", "Cart-Context", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match"));
        rules.setExposedHeaders(List.of("Cart-Context", "ETag", "Retry-After"));
        return rules;
    }
}
