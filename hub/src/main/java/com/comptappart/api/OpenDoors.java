package com.comptappart.api;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The doors that need no key because each checks for itself (Stripe's signature, a signed link) or
 * tells nothing; everything that no other chain claims is refused.
 */
@Configuration(proxyBeanMethods = false)
class OpenDoors {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain openDoorsChain(HttpSecurity http) {
        return http.authorizeHttpRequests(requests ->
                        requests.requestMatchers(
                                        "/stripe/webhooks",
                                        "/invoices/*",
                                        "/actuator/health/**",
                                        "/actuator/prometheus",
                                        "/error")
                                .permitAll()
                                .anyRequest()
                                .denyAll())
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /** The busiest door checks every byte itself, and needs none of the filters. */
    @Bean
    WebSecurityCustomizer stripesDoor() {
        return web -> web.ignoring().requestMatchers(HttpMethod.POST, "/stripe/webhooks");
    }

    /**
     * No user has a password here; without this bean Spring Boot would make one up and print it.
     */
    @Bean
    UserDetailsService noUsers() {
        return new InMemoryUserDetailsManager();
    }
}
