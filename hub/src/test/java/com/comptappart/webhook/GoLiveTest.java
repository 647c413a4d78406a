package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Refused;
import com.comptappart.testing.HubForTests;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GoLiveTest {

    private static final HubForTests HUB = new HubForTests().withProduction();
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static WebhooksForTests webhooks;

    @BeforeAll
    static void start() {
        HUB.start();
        webhooks = new WebhooksForTests(HUB);
    }

    @AfterAll
    static void stop() {
        HUB.close();
    }

    /** As a certification that passed leaves it. */
    private static void certify(Endpoint endpoint) {
        HUB.jdbc()
                .sql(
                        """
                        insert into webhook_certification (
                            partner_id, certification_id, endpoint_id, url, scenario, state, passed, asked_by, created_at, ended_at)
                        values (:partner, 'cert_' || :endpoint, :endpoint, :url, 'certification', 'done', true, 'test', now(), now())
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("url", endpoint.url())
                .update();
    }

    @Test
    void production_opens_once_a_test_endpoint_is_certified_and_takes_its_settings() {
        try (var receiver = Receiver.answering(200)) {
            var goLive = HUB.bean(GoLive.class);
            var partner = webhooks.partner();
            assertThat(goLive.locks(partner)).containsExactly(GoLive.Lock.NO_TEST_ENDPOINT);
            var made =
                    webhooks.endpoints.create(
                            partner,
                            Environment.STAGING,
                            new Endpoints.Wish(
                                    receiver.url("/hooks"),
                                    KEY,
                                    List.of("order.created", "order.refunded"),
                                    "caisse",
                                    7,
                                    List.of("v1", "v1a"),
                                    50));
            assertThat(goLive.locks(partner)).containsExactly(GoLive.Lock.NOT_CERTIFIED);
            assertThatThrownBy(() -> goLive.go(partner, receiver.url("/live")))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo("production_locked"));
            certify(made.endpoint());
            assertThat(goLive.locks(partner)).isEmpty();

            var live = goLive.go(partner, receiver.url("/live"));

            assertThat(live.secret()).isNotEqualTo(made.secret());
            assertThat(live.endpoint())
                    .returns(Environment.PRODUCTION, Endpoint::environment)
                    .returns(List.of("order.created", "order.refunded"), Endpoint::eventTypes)
                    .returns("caisse", Endpoint::description)
                    .returns(7, Endpoint::timeoutSeconds)
                    .returns(50, Endpoint::rateLimitPerSecond)
                    .returns(List.of("v1", "v1a"), Endpoint::signatureSchemes);
            webhooks.endpoints.ping(live.endpoint());
            var call = eventually(() -> receiver.of("/live"), calls -> !calls.isEmpty()).getFirst();
            assertThat(call.header("X-API-KEY")).isEqualTo(KEY);
            assertThat(goLive.locks(partner)).containsExactly(GoLive.Lock.ALREADY_LIVE);
        }
    }

    @Test
    void production_stays_locked_while_the_seller_lacks_a_name() {
        try (var hub = new HubForTests().start()) {
            assertThat(hub.bean(GoLive.class).locks(new WebhooksForTests(hub).partner()))
                    .contains(GoLive.Lock.SELLER_INCOMPLETE);
        }
    }

    @Test
    void a_check_says_how_far_it_came() {
        try (var receiver = Receiver.answering(401)) {
            var checks = HUB.bean(AddressChecks.class);
            var partner = webhooks.partner();
            assertThat(checks.check(partner, "ftp://example.com").failedAt())
                    .isEqualTo(AddressCheck.Step.FORM);
            assertThat(checks.check(partner, "https://10.0.0.1/hooks").failedAt())
                    .isEqualTo(AddressCheck.Step.ADDRESS);
            assertThat(checks.check(partner, receiver.url("/").replace("http:", "https:")))
                    .returns(AddressCheck.Step.TLS, AddressCheck::failedAt)
                    .returns(true, check -> check.passed(AddressCheck.Step.CONNECTION));
            var endpoint = webhooks.endpoint(partner, receiver.url("/hooks")).endpoint();
            assertThat(checks.last(endpoint)).isEmpty();
            assertThat(checks.check(endpoint)).returns(true, AddressCheck::answers);
            assertThat(checks.last(endpoint)).map(AddressCheck::status).contains(401);
            receiver.close();
            assertThat(checks.check(endpoint).failedAt()).isEqualTo(AddressCheck.Step.CONNECTION);
            assertThat(checks.last(endpoint)).map(AddressCheck::answers).contains(false);
        }
    }

    @Test
    void what_an_endpoint_took_last_is_known_by_type_and_by_endpoint() {
        try (var receiver = Receiver.answering(200)) {
            var taken = HUB.bean(TakenNotifications.class);
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hooks")).endpoint();
            assertThat(taken.inTest(partner)).isEmpty();
            var ping = webhooks.endpoints.ping(endpoint);
            webhooks.eventuallyIs(ping, Notification.State.DELIVERED);
            assertThat(taken.inTest(partner)).containsOnlyKeys("ping");
            assertThat(taken.lastOfEach(partner, Environment.STAGING))
                    .containsOnlyKeys(endpoint.id());
            assertThat(taken.lastOfEach(partner, Environment.PRODUCTION)).isEmpty();
            assertThat(taken.inTest(webhooks.partner())).isEmpty();
        }
    }

    @Test
    void the_secret_is_told_again_and_each_old_one_has_its_own_end() {
        try (var receiver = Receiver.answering(200)) {
            var made = webhooks.endpoint(webhooks.partner(), receiver.url("/hooks"));
            assertThat(webhooks.endpoints.secret(made.endpoint())).isEqualTo(made.secret());
            var second =
                    webhooks.endpoints.rotateSecret(
                            made.endpoint(), java.time.Duration.ofHours(24));
            webhooks.endpoints.rotateSecret(made.endpoint(), java.time.Duration.ofHours(1));
            assertThat(webhooks.endpoints.secret(made.endpoint())).isNotEqualTo(second.secret());
            var old = webhooks.endpoints.oldSecrets(made.endpoint());
            assertThat(old).hasSize(2);
            assertThat(old.getFirst()).isBefore(old.getLast());
            webhooks.endpoints.revokeOldSecret(made.endpoint());
            assertThat(webhooks.endpoints.oldSecrets(made.endpoint())).isEmpty();
        }
    }
}
