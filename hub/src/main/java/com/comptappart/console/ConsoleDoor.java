package com.comptappart.console;

import jakarta.servlet.DispatcherType;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** The door of the pages: who may come in, and what a browser may do with a page. */
@Configuration(proxyBeanMethods = false)
class ConsoleDoor {

    static final String SESSION_COOKIE = "comptappart_console";

    /** No script, no image and no connection but our own, none within a page; nobody frames us. */
    static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'self'; "
                    + "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final boolean https;

    ConsoleDoor(@Value("${comptappart.public-url:http://localhost:8080}") String publicUrl) {
        this.https = publicUrl.toLowerCase(Locale.ROOT).startsWith("https:");
    }

    @Bean
    @Order(20)
    SecurityFilterChain consoleChain(
            HttpSecurity http, SignIn signIn, Visitors visitors, Doorbook book) {
        http.securityMatcher("/", "/status", "/status.json", "/console", "/console/**")
                .authorizeHttpRequests(requests ->
                        // A forward is ours: its request was let in before.
                        requests.dispatcherTypeMatchers(DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(
                                        "/",
                                        "/status",
                                        "/status.json",
                                        "/console/sign-in",
                                        "/console/sign-in/link",
                                        "/console/sign-in/passkey",
                                        "/console/sign-in/sent",
                                        "/console/entrer",
                                        "/console/invitation",
                                        "/console/langue",
                                        "/console/static/**")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .authenticationManager(signIn)
                .formLogin(form ->
                        form.loginPage(SignInPages.PATH)
                                .loginProcessingUrl(SignInPages.PATH)
                                .usernameParameter("name")
                                .passwordParameter("key")
                                .authenticationDetailsSource(Attempt::of)
                                .successHandler(book)
                                .failureHandler(SignInPages::refuse))
                .logout(logout ->
                        logout.logoutUrl("/console/sign-out")
                                .addLogoutHandler(book)
                                .logoutSuccessUrl(SignInPages.PATH + "?signed-out"))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(SignInPages::askForKey))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie()))
                .addFilterBefore(new LiveVisitorFilter(visitors), AuthorizationFilter.class)
                .headers(ConsoleDoor::headers);
        return http.build();
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGE_POLICY))
                // The policy's frame-ancestors is the rule; this one must not forbid our own PDF.
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin)
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN));
    }

    /** In a cookie, so that a visitor who has not signed in costs us no session. */
    private CookieCsrfTokenRepository csrfCookie() {
        var repository = new CookieCsrfTokenRepository();
        repository.setCookieName("comptappart_form");
        repository.setCookiePath("/console");
        repository.setCookieCustomizer(
                cookie -> cookie.httpOnly(true).secure(https).sameSite("Strict"));
        return repository;
    }

    @Bean
    CookieSerializer sessionCookie() {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName(SESSION_COOKIE);
        cookie.setCookiePath("/console");
        cookie.setUseHttpOnlyCookie(true);
        cookie.setUseSecureCookie(https);
        // Lax: a link in a mail opens the page that it names; forms are held by their token.
        cookie.setSameSite("Lax");
        return cookie;
    }
}
