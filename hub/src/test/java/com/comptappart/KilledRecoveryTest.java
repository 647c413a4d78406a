package com.comptappart;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.ChildHub;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.testing.Purchases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A recovery whose hub is killed in the middle goes on where it was. */
class KilledRecoveryTest {

    private static final int ORDERS = 60;

    @Test
    void a_recovery_that_is_killed_in_the_middle_ends_with_each_sent_again_once() throws Exception {
        try (var partner = new PartnerReceiver().answering(_ -> 400);
                var hub = new ChildHub(Files.createTempDirectory(Path.of("target"), "recovery-"))) {
            hub.with("COMPTAPPART_STRIPE_STAGING_WEBHOOKSECRETS", HubForTests.STRIPE_SECRET)
                    .start();
            String endpoint = hub.subscribe("acme", "staging", partner);
            for (int i = 0; i < ORDERS; i++) {
                sell(hub, i);
            }
            eventually(
                    () -> notifications(hub, "failed").size(),
                    count -> count == ORDERS,
                    Duration.ofSeconds(60));
            partner.answering(_ -> 200);

            var started =
                    hub.post(
                            "/v1/webhook-endpoints/" + endpoint + "/recover",
                            "{\"since\": \"2020-01-01T00:00:00Z\", \"per_second\": 10}");
            assertThat(started.path("count").asInt()).isEqualTo(ORDERS);
            String recovery = "/v1/recoveries/" + started.path("recovery").path("id").asString();
            for (int enough : List.of(10, 30)) {
                eventually(
                        () -> hub.get(recovery),
                        each -> each.path("done").asInt() >= enough,
                        Duration.ofSeconds(60));
                hub.kill();
                hub.start();
            }
            var done =
                    eventually(
                            () -> hub.get(recovery),
                            each -> each.path("status").asString().equals("done"),
                            Duration.ofSeconds(60));
            assertThat(done.path("done").asInt()).isEqualTo(ORDERS);
            eventually(
                    () -> notifications(hub, "delivered").size(),
                    count -> count == ORDERS,
                    Duration.ofSeconds(60));
            for (JsonNode each : notifications(hub, "delivered")) {
                // The refused one, and one more: a call that a kill cut off leaves no attempt.
                assertThat(each.path("attempt_count").asInt()).isEqualTo(2);
            }
            assertThat(
                            partner.calls().stream()
                                    .map(call -> call.header("webhook-id"))
                                    .collect(Collectors.toSet()))
                    .hasSize(ORDERS);
        }
    }

    private static void sell(ChildHub hub, int number) throws Exception {
        String event = Purchases.event("r" + number, "acme", false);
        assertThat(hub.stripeEvent(event, HubForTests.STRIPE_SECRET)).isEqualTo(200);
    }

    private static List<JsonNode> notifications(ChildHub hub, String status) {
        return hub.all("/v1/notifications?limit=100&status=" + status);
    }
}
