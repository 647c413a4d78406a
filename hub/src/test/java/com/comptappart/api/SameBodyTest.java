package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** I14 and decision 0002: nothing of a notification changes from one attempt to another. */
class SameBodyTest {

    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

    @Test
    void id_and_bytes_are_the_same_at_every_attempt_and_replay_and_the_link_lives_from_the_last()
            throws IOException {
        try (var hub =
                        new HubForTests()
                                .with("comptappart.webhook.retrydelays", "1500ms,1500ms")
                                .at(() -> Instant.now().plus(passed.get()))
                                .start();
                var receiver = new PartnerReceiver()) {
            receiver.answering(_ -> receiver.calls().size() < 3 ? 503 : 200);
            var seller = SalesForTests.of(hub, "seller", receiver);
            var order = seller.sale("same");
            String id = order.path("notifications").path(0).path("id").asString();
            var first = receiver.calls();
            assertThat(first).hasSize(3);

            assertThat(download(hub, first)).isEqualTo(200);
            passed.set(Duration.ofDays(8));
            assertThat(download(hub, first)).isEqualTo(410);

            json(seller.staging().post("/v1/notifications/" + id + "/replay", ""), 202);
            // A clock that is moved before the answer is kept would end the lease of the call.
            HubForTests.eventually(
                    () -> json(seller.staging().get("/v1/notifications/" + id), 200),
                    each -> each.path("attempts").size() == 4);
            var all = receiver.calls();
            assertThat(all).hasSize(4);
            assertThat(all).extracting(call -> call.header("webhook-id")).containsOnly(id);
            assertThat(all)
                    .extracting(PartnerReceiver.Call::body)
                    .containsOnly(first.getFirst().body());
            assertThat(all)
                    .extracting(call -> call.header("webhook-signature"))
                    .as("each attempt has its own time")
                    .doesNotHaveDuplicates();
            passed.set(Duration.ofDays(8 + 7).minusHours(1));
            assertThat(download(hub, all)).isEqualTo(200);
            passed.set(Duration.ofDays(8 + 7).plusMinutes(2));
            assertThat(download(hub, all)).isEqualTo(410);
        }
    }

    /** What a partner gets at the link of the last body that it was sent. */
    private static int download(HubForTests hub, List<PartnerReceiver.Call> calls) {
        var body = JsonMapper.builder().build().readTree(calls.getLast().body());
        var link = URI.create(body.path("invoice").path("pdf_url").asString());
        return hub.as("nobody").get(link.getPath()).statusCode();
    }
}
