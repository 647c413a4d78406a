package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Refused;
import com.comptappart.testing.HubForTests;
import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What signs the calls to an endpoint, as its partner sees it. */
class SignaturesTest {

    private static final List<String> BOTH = List.of("v1", "v1a");
    private static HubForTests hub;
    private static WebhooksForTests webhooks;

    @BeforeAll
    static void start() {
        hub = new HubForTests().withInventedOrders().start();
        webhooks = new WebhooksForTests(hub);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static Endpoints.Wish wish(String url, List<String> schemes) {
        return new Endpoints.Wish(url, null, null, null, null, schemes, null);
    }

    @Test
    void an_endpoint_that_asks_for_v1a_gets_both_signatures_and_its_public_key_verifies()
            throws Exception {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var made =
                    webhooks.endpoints.create(
                            partner, Environment.STAGING, wish(receiver.url("/hook"), BOTH));
            webhooks.eventuallyIs(webhooks.owe(partner), Notification.State.DELIVERED);
            var call = receiver.calls().getFirst();
            assertThat(call.header("webhook-signature"))
                    .matches("v1,[A-Za-z0-9+/]{43}= v1a,[A-Za-z0-9+/]{86}==");
            new Webhook(made.secret()).verify(call.body(), call.headers());
            String key = made.endpoint().publicKey();
            assertThat(key).startsWith("whpk_");
            assertThat(verifies(key, call, call.body())).isTrue();
            assertThat(verifies(key, call, call.body().replace("Zoë", "Zoe"))).isFalse();
            assertThat(webhooks.endpoints.publicKey(made.endpoint().id())).contains(key);
        }
    }

    @Test
    void an_endpoint_that_does_not_ask_has_no_key_pair() {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            assertThat(endpoint.signatureSchemes()).containsExactly("v1");
            assertThat(endpoint.publicKey()).isNull();
            assertThat(webhooks.endpoints.publicKey(endpoint.id())).isEmpty();
            webhooks.eventuallyIs(webhooks.owe(partner), Notification.State.DELIVERED);
            assertThat(receiver.calls().getFirst().header("webhook-signature"))
                    .matches("v1,[A-Za-z0-9+/]{43}=");
        }
    }

    @Test
    void two_nodes_that_are_asked_for_the_key_pair_at_once_make_one_and_it_stays()
            throws Exception {
        try (var receiver = Receiver.answering(200);
                var second = hub.twin().withInventedOrders().start();
                var threads = Executors.newFixedThreadPool(8)) {
            var other = new WebhooksForTests(second);
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            var go = new CountDownLatch(1);
            var asked = new ArrayList<Callable<String>>();
            for (int i = 0; i < 8; i++) {
                var node = i % 2 == 0 ? webhooks : other;
                asked.add(() -> {
                    go.await();
                    return String.valueOf(
                            node.endpoints.update(endpoint, wish(null, BOTH)).publicKey());
                });
            }
            var answers = asked.stream().map(threads::submit).toList();
            go.countDown();
            for (var answer : answers) {
                answer.get();
            }
            String key = webhooks.now(endpoint).publicKey();
            assertThat(key).startsWith("whpk_");
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(key);
            }
            assertThat(webhooks.endpoints.update(endpoint, wish(null, List.of("v1"))).publicKey())
                    .isNull();
            assertThat(webhooks.endpoints.publicKey(endpoint.id())).isEmpty();
            assertThat(other.endpoints.update(endpoint, wish(null, BOTH)).publicKey())
                    .isEqualTo(key);
            webhooks.eventuallyIs(webhooks.owe(partner), Notification.State.DELIVERED);
            var call = receiver.calls().getLast();
            assertThat(verifies(key, call, call.body())).isTrue();
        }
    }

    @Test
    void each_endpoint_has_a_key_pair_of_its_own_and_the_private_half_is_not_in_clear() {
        var partner = webhooks.partner();
        var keys = new ArrayList<String>();
        for (String path : List.of("/a", "/b")) {
            var made =
                    webhooks.endpoints.create(
                            partner, Environment.STAGING, wish("http://127.0.0.1:9" + path, BOTH));
            keys.add(String.valueOf(made.endpoint().publicKey()));
        }
        assertThat(keys).doesNotHaveDuplicates();
        var kept =
                hub.jdbc()
                        .sql(
                                """
                                select encode(signing_key, 'escape')
                                from webhook_endpoint
                                where partner_id = :partner
                                """)
                        .param("partner", partner.value())
                        .query(String.class)
                        .list();
        assertThat(kept).hasSize(2).noneMatch(each -> each.contains("whsk_"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1a", "v2", "v1,v2", "V1"})
    void other_schemes_are_refused(String schemes) {
        var partner = webhooks.partner();
        var asked = wish("http://127.0.0.1:9/", List.of(schemes.split(",")));
        assertThatThrownBy(() -> webhooks.endpoints.create(partner, Environment.STAGING, asked))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.code()).isEqualTo("signature_schemes_invalid"));
    }

    @Test
    void a_revoked_secret_signs_no_more_although_its_overlap_is_not_over() throws Exception {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var made = webhooks.endpoint(partner, receiver.url("/hook"));
            var rotated = webhooks.endpoints.rotateSecret(made.endpoint(), Duration.ofHours(24));
            for (int i = 0; i < 2; i++) {
                var endpoint = webhooks.endpoints.revokeOldSecret(made.endpoint());
                assertThat(endpoint.oldSecretUntil()).isNull();
            }
            webhooks.eventuallyIs(webhooks.owe(partner), Notification.State.DELIVERED);
            var call = receiver.calls().getFirst();
            new Webhook(rotated.secret()).verify(call.body(), call.headers());
            assertThat(call.header("webhook-signature")).doesNotContain(" ");
            assertThatThrownBy(() -> new Webhook(made.secret()).verify(call.body(), call.headers()))
                    .hasMessageContaining("signature");
        }
    }

    /** The answer of a rotation can be lost: the partner asks again, and still runs the first. */
    @Test
    void every_secret_that_was_replaced_signs_until_its_own_date_however_often_it_is_rotated()
            throws Exception {
        try (var receiver = Receiver.answering(200)) {
            var partner = webhooks.partner();
            var made = webhooks.endpoint(partner, receiver.url("/hook"));
            var secrets = new ArrayList<>(List.of(made.secret()));
            Instant longest = Instant.EPOCH;
            for (int hours : new int[] {24, 1, 720, 2, 3}) {
                var rotated =
                        webhooks.endpoints.rotateSecret(made.endpoint(), Duration.ofHours(hours));
                secrets.addFirst(rotated.secret());
                var until = rotated.endpoint().oldSecretUntil();
                assertThat(until).isNotNull().isAfterOrEqualTo(longest);
                longest = until;
            }
            assertThatThrownBy(() ->
                            webhooks.endpoints.rotateSecret(made.endpoint(), Duration.ofHours(1)))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo("too_many_secrets"));

            webhooks.eventuallyIs(webhooks.owe(partner), Notification.State.DELIVERED);
            var call = receiver.calls().getFirst();
            assertThat(call.header("webhook-signature").split(" ")).hasSize(secrets.size());
            for (String secret : secrets) {
                new Webhook(secret).verify(call.body(), call.headers());
            }

            // The one that was replaced first but lasts longest outlives those whose dates passed.
            hub.jdbc()
                    .sql(
                            """
                            update webhook_endpoint
                            set old_secrets_until = array(
                                select case when until < now() + interval '100 hours' then now() - interval '1 second' else until end
                                from unnest(old_secrets_until) with ordinality as given (until, place)
                                order by place)
                            where endpoint_id = :endpoint
                            """)
                    .param("endpoint", made.endpoint().id())
                    .update();
            webhooks.eventuallyIs(webhooks.owe(partner), Notification.State.DELIVERED);
            var later = receiver.calls().getLast();
            assertThat(later.header("webhook-signature").split(" ")).hasSize(2);
            new Webhook(secrets.getFirst()).verify(later.body(), later.headers());
            new Webhook(secrets.get(3)).verify(later.body(), later.headers());

            var alone = webhooks.endpoints.rotateSecret(made.endpoint(), Duration.ZERO);
            assertThat(alone.endpoint().oldSecretUntil()).isNull();
            webhooks.eventuallyIs(webhooks.owe(partner), Notification.State.DELIVERED);
            assertThat(receiver.calls().getLast().header("webhook-signature")).doesNotContain(" ");
        }
    }

    /**
     * A partner that takes the new secret at once refuses the old signature for good; what was
     * claimed before the rotation must not be sent with it.
     */
    @Test
    void what_was_already_claimed_is_signed_with_the_secret_that_came_meanwhile() throws Exception {
        var rotated = new CountDownLatch(1);
        try (var receiver =
                new Receiver((exchange, _) -> {
                    await(rotated);
                    Receiver.answer(exchange, 200, "");
                })) {
            var partner = webhooks.partner();
            var made = webhooks.endpoint(partner, receiver.url("/hook"));
            webhooks.owe(partner, 2 * DueDeliveries.LANES_PER_ENDPOINT);
            eventually(receiver::calls, DueDeliveries.LANES_PER_ENDPOINT);
            String secret =
                    webhooks.endpoints.rotateSecret(made.endpoint(), Duration.ZERO).secret();
            Thread.sleep(1_100);
            rotated.countDown();
            var calls = eventually(receiver::calls, 2 * DueDeliveries.LANES_PER_ENDPOINT);
            for (var call : calls.subList(DueDeliveries.LANES_PER_ENDPOINT, calls.size())) {
                new Webhook(secret).verify(call.body(), call.headers());
            }
        }
    }

    private static boolean verifies(String key, Receiver.Call call, String body) {
        String signed = call.id() + "." + call.header("webhook-timestamp") + "." + body;
        String signature = call.header("webhook-signature").replaceFirst("^.*v1a,", "");
        return PublicKeys.verifies(key, signature, signed.getBytes(StandardCharsets.UTF_8));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
