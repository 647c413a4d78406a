package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.order.Dispute;
import com.comptappart.order.Disputes;
import com.comptappart.order.Refund;
import com.comptappart.order.Refunds;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.testing.Purchases;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An endpoint that wants more than it did is told of what nobody was told of. */
class MissingFactsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void facts_that_no_endpoint_wanted_are_made_again_from_the_sales_themselves()
            throws IOException {
        try (var hub = new HubForTests().start();
                var receiver = new PartnerReceiver()) {
            var sales = SalesForTests.of(hub, "later", receiver);
            sell(hub, sales, "one");
            sell(hub, sales, "two");
            refund(hub, "one");
            dispute(hub, "two");
            var known = eventually(() -> documents(sales), 3);
            assertThat(known).hasSize(3);
            assertThat(bodies(receiver, "/later")).hasSize(2);

            String path = "/v1/webhook-endpoints/" + sales.endpoint();
            String missing =
                    "{\"since\": \"2020-01-01T00:00:00Z\", \"statuses\": [\"missing\"], \"dry_run\": %s}";
            assertThat(
                            json(
                                            sales.staging()
                                                    .post(
                                                            path + "/recover",
                                                            missing.formatted(true)),
                                            200)
                                    .path("count")
                                    .asInt())
                    .isZero();
            json(
                    sales.staging()
                            .patch(
                                    path,
                                    "{\"event_types\": [\"order.created\", \"order.refunded\", \"order.disputed\"]}"),
                    200);
            var counted =
                    json(sales.staging().post(path + "/recover", missing.formatted(true)), 200);
            assertThat(counted.path("count").asInt()).isEqualTo(2);
            assertThat(counted.path("counts").toString())
                    .isEqualTo("{\"failed\":0,\"held\":0,\"missing\":2}");
            assertThat(counted.path("orders").asInt()).isEqualTo(2);
            assertThat(counted.path("amounts").toString())
                    .isEqualTo("[{\"amount\":199.98,\"currency\":\"EUR\"}]");
            assertThat(counted.path("count_is_minimum").asBoolean()).isFalse();
            assertThat(counted.path("recovery").isNull()).isTrue();
            assertThat(json(sales.staging().get("/v1/recoveries"), 200).path("data").size())
                    .isZero();

            var started =
                    json(sales.staging().post(path + "/recover", missing.formatted(false)), 202);
            assertThat(started.path("count").asInt()).isEqualTo(2);
            String recovery = "/v1/recoveries/" + started.path("recovery").path("id").asString();
            var done =
                    eventually(
                            () -> json(sales.staging().get(recovery), 200),
                            each -> each.path("status").asString().equals("done"));
            assertThat(done.path("done").asInt()).isEqualTo(2);
            assertThat(done.path("left").asInt()).isZero();
            assertThat(done.path("asked_by").asString()).startsWith("key_");
            assertThat(done.path("per_second").asInt()).isEqualTo(200);
            assertThat(
                            json(sales.staging().post(recovery + "/stop", ""), 200)
                                    .path("status")
                                    .asString())
                    .isEqualTo("done");
            assertThat(problem(sales.staging().get("/v1/recoveries/rec_none"), 404))
                    .isEqualTo("recovery_not_found");

            var told = eventually(() -> bodies(receiver, "/later"), 4);
            assertThat(told.subList(2, 4))
                    .extracting(
                            body -> body.path("event_type").asString(),
                            body -> body.path("event_id").asString())
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("order.refunded", "evt_refund_one"),
                            org.assertj.core.groups.Tuple.tuple(
                                    "order.disputed", "evt_dispute_two"));
            assertThat(told.subList(2, 4))
                    .allSatisfy(body ->
                            assertThat(body.path("invoice").path("number").asString())
                                    .startsWith("TEST-FQCA-"));
        }
    }

    private static void sell(HubForTests hub, SalesForTests sales, String name) {
        hub.stripeEvent(
                Purchases.event(name, sales.slug(), false)
                        .replace(
                                "\"payment_intent\":null",
                                "\"payment_intent\":\"pi_" + name + "\""));
        eventually(
                () -> SalesForTests.byEvent(sales.staging(), name),
                order ->
                        order.path("notifications")
                                .path(0)
                                .path("status")
                                .asString("")
                                .equals("delivered"));
    }

    private static void refund(HubForTests hub, String name) {
        var refund =
                new Refund(
                        "",
                        Environment.STAGING,
                        "re_" + name,
                        "pi_" + name,
                        null,
                        9_999,
                        Currency.EUR,
                        Refund.Status.SUCCEEDED,
                        "",
                        "",
                        null,
                        "evt_refund_" + name,
                        Instant.now());
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> hub.bean(Refunds.class).record(List.of(refund)));
    }

    private static void dispute(HubForTests hub, String name) {
        var dispute =
                new Dispute(
                        "",
                        Environment.STAGING,
                        "dp_" + name,
                        "pi_" + name,
                        9_999,
                        Currency.EUR,
                        "fraudulent",
                        "needs_response",
                        Dispute.Stage.OPENED,
                        "evt_dispute_" + name,
                        Instant.now());
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> hub.bean(Disputes.class).record(List.of(dispute)));
    }

    private static List<JsonNode> documents(SalesForTests sales) {
        return json(sales.staging().get("/v1/invoices"), 200).path("data").valueStream().toList();
    }

    private static List<JsonNode> bodies(PartnerReceiver receiver, String path) {
        return receiver.calls().stream()
                .filter(call -> call.path().equals(path))
                .map(call -> (JsonNode) JSON.readTree(call.body()))
                .toList();
    }
}
