package com.comptappart.console;

import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/**
 * The door of the buyers' pages: open to all, without an account or a session, since the law
 * forbids to ask for one (Code de la consommation, D215-1). Their addresses hold what opens them:
 * no page tells another site from where its reader comes, and none is searched.
 */
@Configuration(proxyBeanMethods = false)
class BuyerDoor {

    static final String AREA = "/c";
    static final String TERMINATE = "/resilier";
    static final String WITHDRAW = "/renoncer";

    private final boolean https;

    BuyerDoor(@Value("${comptappart.public-url:http://localhost:8080}") String publicUrl) {
        this.https = publicUrl.toLowerCase(Locale.ROOT).startsWith("https:");
    }

    /** Whether it is an address of a page for buyers. */
    static boolean isIn(String path) {
        return path.matches("(" + AREA + "|" + TERMINATE + "|" + WITHDRAW + ")(/.*)?");
    }

    @Bean
    @Order(15)
    SecurityFilterChain buyerChain(HttpSecurity http) {
        return http.securityMatcher(
                        AREA,
                        AREA + "/**",
                        TERMINATE,
                        TERMINATE + "/**",
                        WITHDRAW,
                        WITHDRAW + "/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie()))
                .headers(BuyerDoor::headers)
                .build();
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(ConsoleDoor.PAGE_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .addHeaderWriter(new StaticHeadersWriter("X-Robots-Tag", "noindex"));
    }

    /** Lax: who comes from a mail while a form is open elsewhere must not spoil that form. */
    private CookieCsrfTokenRepository csrfCookie() {
        var repository = new CookieCsrfTokenRepository();
        repository.setCookieName("comptappart_client");
        repository.setCookiePath("/");
        repository.setCookieCustomizer(
                cookie -> cookie.httpOnly(true).secure(https).sameSite("Lax"));
        return repository;
    }
}
