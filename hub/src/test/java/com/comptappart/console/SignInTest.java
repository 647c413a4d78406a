package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScopes;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInTest {

    private static final HubForTests HUB = new HubForTests();

    @BeforeAll
    static void start() {
        HUB.start();
    }

    @AfterAll
    static void stop() {
        HUB.close();
    }

    @BeforeEach
    void forgetFailures() {
        HUB.bean(FailedSignIns.class).forget("127.0.0.1");
    }

    @Test
    void a_visitor_is_asked_for_a_key_and_keeps_the_page_that_was_wanted() {
        var answer = new Browser(HUB).open("/console/tous/test/commandes?email=a%2Bb%40c.fr");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.uri().getPath()).isEqualTo("/console/sign-in");
        assertThat(answer.body())
                .contains("value=\"/console/tous/test/commandes?email=a%2Bb%40c.fr\"")
                .contains("<html lang=\"fr\">")
                .contains("Se connecter");
    }

    @Test
    void the_root_leads_to_the_console() {
        assertThat(new Browser(HUB).open("/").uri().getPath()).isEqualTo("/console/sign-in");
    }

    @Test
    void a_wrong_key_is_refused_and_says_what_to_check() {
        var answer = new Browser(HUB).signIn("ca_operator_wrong", "");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("inconnue ou révoquée");
    }

    @Test
    void a_partners_key_is_refused_and_told_what_it_is_for() {
        var partner = HUB.bean(Partners.class).create("P", "partner-key", "p@example.com", null);
        String key =
                HUB.bean(ApiKeys.class)
                        .create(
                                new Caller.Operator("key_operator"),
                                new ApiKeys.Wanted(
                                        partner.id(), Environment.STAGING, KeyScopes.ALL, ""))
                        .key();
        var answer = new Browser(HUB).signIn(key, "");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("clé d’API d’un partenaire");
    }

    @Test
    void ten_wrong_keys_in_a_minute_close_the_door_even_to_the_right_one() {
        var browser = new Browser(HUB);
        for (int i = 0; i < FailedSignIns.ALLOWED; i++) {
            assertThat(browser.signIn("ca_operator_wrong" + i, "").statusCode()).isEqualTo(401);
        }
        var answer = browser.signIn(HubForTests.OPERATOR_KEY, "");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("60");
        assertThat(answer.body()).contains("Attendez une minute");
    }

    @Test
    void the_door_opens_again_after_a_minute() {
        var clock = new ClockForTests();
        var failures = new FailedSignIns(clock);
        for (int i = 0; i < FailedSignIns.ALLOWED; i++) {
            failures.note("203.0.113.7");
        }
        assertThat(failures.mayTry("203.0.113.7")).isFalse();
        assertThat(failures.mayTry("203.0.113.8")).isTrue();
        clock.now = clock.now.plus(FailedSignIns.WINDOW);
        assertThat(failures.mayTry("203.0.113.7")).isTrue();
    }

    @Test
    void an_address_that_only_takes_a_form_is_not_found_when_it_is_opened() {
        assertThat(new Browser(HUB).open("/console/sign-in/link").statusCode()).isEqualTo(404);
    }

    @Test
    void a_visitor_costs_no_session() {
        assertThat(new Browser(HUB).open("/console/sign-in").headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.startsWith(ConsoleDoor.SESSION_COOKIE));
    }

    @Test
    void a_form_without_its_token_is_refused() {
        var answer =
                new Browser(HUB).post("/console/sign-in", Map.of("key", HubForTests.OPERATOR_KEY));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Le formulaire a expiré");
    }

    @Test
    void a_link_to_the_sign_in_never_leads_to_another_site() {
        assertThat(SignInPages.safe("https://evil.example")).isEmpty();
        assertThat(SignInPages.safe("//evil.example")).isEmpty();
        assertThat(SignInPages.safe("/console//evil.example")).isEmpty();
        assertThat(SignInPages.safe("/console/\\evil.example")).isEmpty();
        assertThat(SignInPages.safe("/console/tous/test/commandes?after=5")).isNotEmpty();
    }

    @Test
    void english_readers_read_english_and_anyone_can_switch() {
        assertThat(new Browser(HUB).speaking("en-GB").open("/console/sign-in").body())
                .contains("<html lang=\"en\">")
                .contains("Operator key");
        assertThat(new Browser(HUB).speaking("de").open("/console/sign-in").body())
                .contains("<html lang=\"fr\">");
        assertThat(
                        new Browser(HUB)
                                .speaking("de")
                                .open("/console/langue?langue=en&to=/console/sign-in")
                                .body())
                .contains("<html lang=\"en\">");
    }

    @Test
    void pages_carry_the_headers_that_keep_strangers_out() {
        var headers = new Browser(HUB).open("/console/sign-in").headers();
        assertThat(headers.firstValue("Content-Security-Policy")).hasValue(ConsoleDoor.PAGE_POLICY);
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Cache-Control").orElseThrow()).contains("no-store");
    }

    @Test
    void a_revoked_key_no_longer_admits_who_it_admitted_before() {
        var keys = HUB.bean(ApiKeys.class);
        String key = "ca_operator_secondkeysecondkey";
        keys.admitOperator(key);
        var caller = (Caller.Operator) keys.authenticate(key).orElseThrow();
        assertThat(keys.isLive(caller.keyId())).isTrue();
        keys.revoke(caller, caller.keyId());
        assertThat(keys.isLive(caller.keyId())).isFalse();
    }

    /** A clock that the test moves. */
    private static final class ClockForTests extends Clock {
        private Instant now = Instant.EPOCH.plus(Duration.ofDays(1));

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
