package com.comptappart.api;

import com.comptappart.partner.ApiKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.transaction.PlatformTransactionManager;

/** The door of {@code /v1}: a key for everything but the API's own description and public keys. */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {

    private final ProblemWriter problems;

    ApiSecurity(ProblemWriter problems) {
        this.problems = problems;
    }

    @Bean
    @Order(10)
    SecurityFilterChain apiChain(
            HttpSecurity http,
            ApiKeys keys,
            IdempotentAnswers answers,
            StripeCallRows stripeCalls,
            KeyQuotas quotas,
            Doors doors,
            PlatformTransactionManager transactions) {
        return http.securityMatcher("/v1/**")
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers("/v1/openapi.json")
                                .permitAll()
                                .requestMatchers(
                                        HttpMethod.GET, "/v1/webhook-endpoints/*/public-key")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(keyNeeded()))
                // Not beans: Spring Boot would put them before every other path too.
                .addFilterBefore(new ErrorsFilter(problems), BasicAuthenticationFilter.class)
                .addFilterAfter(new BearerFilter(keys), BasicAuthenticationFilter.class)
                .addFilterAfter(new RateLimitFilter(quotas, problems), AuthorizationFilter.class)
                .addFilterAfter(new AccessFilter(doors), RateLimitFilter.class)
                .addFilterAfter(new BodyFilter(), AccessFilter.class)
                .addFilterAfter(new IdempotencyFilter(answers, transactions), BodyFilter.class)
                .addFilterAfter(new StripeCallFilter(stripeCalls), IdempotencyFilter.class)
                .build();
    }

    private AuthenticationEntryPoint keyNeeded() {
        return (request, response, denied) -> {
            boolean missing = request.getHeader("Authorization") == null;
            response.setHeader("WWW-Authenticate", "Bearer");
            problems.write(
                    response,
                    missing
                            ? Problem.of(
                                    HttpStatus.UNAUTHORIZED,
                                    "api_key_missing",
                                    "send your API key: Authorization: Bearer ca_…")
                            : Problem.of(
                                    HttpStatus.UNAUTHORIZED,
                                    "api_key_unknown",
                                    "this API key is unknown or revoked"));
        };
    }

    /** Addresses, methods and headers that the firewall refuses are the caller's fault. */
    @Bean
    RequestRejectedHandler malformedRequests() {
        return (request, response, rejected) ->
                problems.write(response, ProblemOf.exception(rejected));
    }
}
