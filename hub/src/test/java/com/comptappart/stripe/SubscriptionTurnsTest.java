package com.comptappart.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.SubscriptionFact;
import com.comptappart.order.SubscriptionFact.Kind;
import com.comptappart.order.SubscriptionState;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happens to a subscription reaches the partner as it happened. */
class SubscriptionTurnsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant BEGAN = Instant.parse("2026-11-24T10:00:00Z");

    private static HubForTests hub;
    private static HubForTests twin;
    private static PartnerReceiver receiver;
    private static PartnerId partner;

    @BeforeAll
    static void start() throws IOException {
        receiver = new PartnerReceiver();
        hub =
                new HubForTests()
                        .with("comptappart.webhook.retrydelays", "100ms,100ms,100ms")
                        .start();
        twin = hub.twin().start();
        partner = hub.bean(Partners.class).create("Loyers", "loyers", "b@example.com", "fr").id();
        hub.post(
                "/v1/webhook-endpoints",
                """
                {"partner":"%s","environment":"staging","url":"%s","event_types":["subscription.created",
                 "subscription.updated","subscription.canceled","subscription.payment_failed"]}
                """
                        .formatted(partner, receiver.url("/hook")));
    }

    @AfterAll
    static void stop() {
        twin.close();
        hub.close();
        receiver.close();
    }

    @Test
    void what_is_told_of_one_subscription_in_one_batch_comes_as_it_happened_one_after_the_other() {
        var running = new ConcurrentHashMap<String, AtomicInteger>();
        var overlaps = new AtomicInteger();
        var calls = new AtomicInteger();
        var tried = ConcurrentHashMap.<String>newKeySet();
        receiver.answering(call -> {
            var inside =
                    running.computeIfAbsent(
                            subscription(JSON.readTree(call.body())), _ -> new AtomicInteger());
            if (inside.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            int number = calls.incrementAndGet();
            LockSupport.parkNanos(5_000_000L * (number % 7));
            inside.decrementAndGet();
            boolean isFirst = tried.add(call.header("webhook-id"));
            return isFirst && number % 5 == 0 ? 503 : 200;
        });
        var facts = new ArrayList<SubscriptionFact>();
        for (int i = 0; i < 20; i++) {
            String id = "sub_turn" + i;
            facts.add(fact(id, Kind.CANCELED, "canceled", 60));
            facts.add(fact(id, Kind.PAYMENT_FAILED, "active", 60));
            facts.add(fact(id, Kind.UPDATED, "active", 0));
            facts.add(fact(id, Kind.CREATED, "trialing", 0));
        }
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ ->
                        hub.bean(FactRecorder.class).record(List.of(Facts.ofSubscriptions(facts))));

        var told = HubForTests.eventually(SubscriptionTurnsTest::delivered, all -> all == 80);
        assertThat(told).isEqualTo(80);
        assertThat(overlaps).hasValue(0);
        bySubscription()
                .forEach((id, bodies) -> {
                    assertThat(
                                    bodies.stream()
                                            .map(body -> body.path("event_type").asString())
                                            .distinct())
                            .as(id)
                            .containsExactly(
                                    "subscription.created",
                                    "subscription.updated",
                                    "subscription.payment_failed",
                                    "subscription.canceled");
                    assertThat(
                                    bodies.stream()
                                            .map(body -> body.path("timestamp").asString())
                                            .distinct())
                            .as(id)
                            .containsExactly(BEGAN.toString(), BEGAN.plusSeconds(60).toString());
                });
    }

    private static Map<String, List<JsonNode>> bySubscription() {
        return receiver.calls().stream()
                .map(call -> JSON.readTree(call.body()))
                .collect(Collectors.groupingBy(SubscriptionTurnsTest::subscription));
    }

    private static long delivered() {
        return hub.jdbc()
                .sql("select count(*) from webhook_notification where state = 'delivered'")
                .query(Long.class)
                .single();
    }

    private static String subscription(JsonNode body) {
        return body.path("subscription").path("id").asString();
    }

    private static SubscriptionFact fact(String id, Kind kind, String status, long seconds) {
        var at = BEGAN.plusSeconds(seconds);
        var state =
                new SubscriptionState(
                        partner, "", Environment.STAGING, id, status, null, null, null, null, at);
        return new SubscriptionFact(kind, state, "evt_" + id + "_" + kind, at, "" + kind, null);
    }
}
