package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.testing.HubForTests;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Three nodes on one database, and a hundred endpoints of which some fail, hang, are gone or ask to
 * wait: what becomes of each notification is what the contract's table says (section 3).
 */
class ThreeNodesTest {

    private static final int BATCH = 500;

    /** How some endpoints behave, how many they are, and how many notifications each is owed. */
    private enum Kind {
        WELL(60, 150),
        FAILING(20, 30),
        HANGING(10, 10),
        GONE(5, 20),
        BUSY(5, 40);

        final int endpoints;
        final int each;

        Kind(int endpoints, int each) {
            this.endpoints = endpoints;
            this.each = each;
        }

        int notifications() {
            return endpoints * each;
        }
    }

    /** When the first call of a notification was told to wait. */
    private final Map<String, Long> toldToWait = new ConcurrentHashMap<>();

    private final Map<String, Long> waited = new ConcurrentHashMap<>();

    @Test
    void every_notification_ends_as_the_contract_says() {
        try (var first = hub().start();
                var second = first.twin().withInventedOrders().start();
                var third = first.twin().withInventedOrders().start();
                var receiver = new Receiver(this::answer)) {
            var webhooks = new WebhooksForTests(first);
            var facts = new ArrayList<OwedNotification>();
            for (Kind kind : Kind.values()) {
                for (int i = 0; i < kind.endpoints; i++) {
                    var partner = webhooks.partner();
                    webhooks.endpoints.create(
                            partner,
                            Environment.STAGING,
                            new Endpoints.Wish(
                                    receiver.url("/" + kind + "/" + i),
                                    null,
                                    null,
                                    null,
                                    kind == Kind.HANGING ? 1 : 30));
                    for (int order = 0; order < kind.each; order++) {
                        facts.add(
                                WebhooksForTests.fact(
                                        partner, 1_000L * facts.size() + order, "order.created"));
                    }
                }
            }
            assertThat(facts).hasSize(10_000);
            for (int from = 0; from < facts.size(); from += BATCH) {
                webhooks.owe(facts.subList(from, Math.min(from + BATCH, facts.size())));
            }
            eventually(() -> pending(first), left -> left == 0, Duration.ofMinutes(4));

            assertThat(outcomes(first, Kind.WELL))
                    .as(errors(first))
                    .isEqualTo(all(Kind.WELL, "delivered 1"));
            assertThat(outcomes(first, Kind.FAILING)).isEqualTo(all(Kind.FAILING, "failed 3"));
            assertThat(outcomes(first, Kind.HANGING)).isEqualTo(all(Kind.HANGING, "failed 3"));
            assertThat(outcomes(first, Kind.BUSY)).isEqualTo(all(Kind.BUSY, "delivered 2"));
            assertGone(first);
            assertEachOnce(receiver);
            assertThat(waited)
                    .hasSize(Kind.BUSY.notifications())
                    .allSatisfy((id, millis) -> assertThat(millis).as(id).isGreaterThan(1_900));
            assertThat(second.port()).isNotEqualTo(third.port());
        }
    }

    private static HubForTests hub() {
        return new HubForTests()
                .withInventedOrders()
                .with("comptappart.webhook.retrydelays", "300ms,600ms");
    }

    private void answer(HttpExchange exchange, int before) throws IOException {
        String id = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id"));
        switch (Kind.valueOf(exchange.getRequestURI().getPath().split("/")[1])) {
            case WELL -> Receiver.answer(exchange, 200, "ok");
            case FAILING -> Receiver.answer(exchange, 500, "broken");
            case HANGING -> pause(Duration.ofSeconds(4));
            case GONE -> Receiver.answer(exchange, 410, "");
            case BUSY -> {
                Long told = toldToWait.putIfAbsent(id, System.nanoTime());
                if (told == null) {
                    exchange.getResponseHeaders().add("Retry-After", "2");
                    Receiver.answer(exchange, 429, "later");
                    return;
                }
                waited.put(id, (System.nanoTime() - told) / 1_000_000);
                Receiver.answer(exchange, 200, "now");
            }
        }
    }

    /** Those in flight when the first 410 came failed by their own; what waited is kept. */
    private static void assertGone(HubForTests hub) {
        var gone = outcomes(hub, Kind.GONE);
        assertThat(gone.keySet()).isSubsetOf("failed 1", "held 0");
        assertThat(gone.values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(Kind.GONE.notifications());
        assertThat(gone.get("failed 1"))
                .isBetween(
                        (long) Kind.GONE.endpoints,
                        (long) Kind.GONE.endpoints * DueDeliveries.LANES_PER_ENDPOINT);
        assertThat(
                        hub.jdbc()
                                .sql(
                                        """
                                        select count(*) from webhook_endpoint
                                        where url like '%/GONE/%' and state = 'disabled' and disabled_reason like '%410%'
                                        """)
                                .query(Integer.class)
                                .single())
                .isEqualTo(Kind.GONE.endpoints);
    }

    /** No call twice but where it failed, and the same notification always with the same bytes. */
    private static void assertEachOnce(Receiver receiver) {
        Map<String, Integer> calls = new HashMap<>();
        Map<String, String> bodies = new HashMap<>();
        var well = new HashSet<String>();
        for (var call : receiver.calls()) {
            assertThat(bodies.putIfAbsent(call.id(), call.body())).isIn(null, call.body());
            calls.merge(call.id(), 1, Integer::sum);
            if (call.path().startsWith("/WELL/")) {
                well.add(call.id());
            }
        }
        assertThat(well).hasSize(Kind.WELL.notifications());
        assertThat(well).allSatisfy(id -> assertThat(calls.get(id)).isEqualTo(1));
        assertThat(calls.values()).allMatch(count -> count <= 3);
    }

    private static int pending(HubForTests hub) {
        return hub.jdbc()
                .sql("select count(*) from webhook_notification where state = 'pending'")
                .query(Integer.class)
                .single();
    }

    /** What went wrong where nothing should. */
    private static String errors(HubForTests hub) {
        return hub.jdbc()
                .sql("select distinct error from webhook_attempt where url like '%/WELL/%'")
                .query(String.class)
                .list()
                .toString();
    }

    private static Map<String, Long> all(Kind kind, String outcome) {
        return Map.of(outcome, (long) kind.notifications());
    }

    /** How many ended in each state, after so many attempts. */
    private static Map<String, Long> outcomes(HubForTests hub, Kind kind) {
        List<String> ended =
                hub.jdbc()
                        .sql(
                                """
                                select n.state || ' ' || n.attempts
                                from webhook_notification n
                                join webhook_endpoint e on e.partner_id = n.partner_id and e.endpoint_id = n.endpoint_id
                                where e.url like :path
                                """)
                        .param("path", "%/" + kind + "/%")
                        .query(String.class)
                        .list();
        return ended.stream()
                .collect(Collectors.groupingBy(each -> each, TreeMap::new, Collectors.counting()));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
