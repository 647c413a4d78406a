package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.partner.Partners;
import com.comptappart.testing.HubForTests;
import com.comptappart.webhook.Endpoints;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What did not arrive is shown with the way to send it again, and nothing else fills its list. */
class UndeliveredAttentionTest {

    @Test
    void pings_and_deleted_endpoints_fill_no_list_and_what_is_not_shown_is_counted()
            throws IOException {
        try (var hub = new HubForTests().start()) {
            var partner =
                    hub.bean(Partners.class)
                            .create("Martin", "martin", "tech@martin.example", "fr")
                            .id();
            var endpoints = hub.bean(Endpoints.class);
            var wish = new Endpoints.Wish("http://127.0.0.1:9/", null, null, null, null);
            var gone = endpoints.create(partner, Environment.STAGING, wish).endpoint();
            endpoints.delete(gone);
            var kept = endpoints.create(partner, Environment.STAGING, wish).endpoint();
            failed(hub, partner.value(), kept.id(), "ping", "msg_ping", 60);
            failed(hub, partner.value(), gone.id(), "subscription.updated", "msg_gone", 60);
            failed(hub, partner.value(), kept.id(), "subscription.updated", "msg_kept", 53);
            String page = new Browser(hub).signedIn().open("/console/martin/test/a-traiter").body();
            assertThat(page)
                    .contains("msg_kept53", "msg_kept4<", "et 3 autres")
                    .contains("/console/martin/test/livraisons/reprise\"")
                    .doesNotContain("msg_ping", "msg_gone", "depuis sa commande");
        }
    }

    private static void failed(
            HubForTests hub, String partner, String endpoint, String type, String id, int count) {
        hub.jdbc()
                .sql(
                        """
                        insert into webhook_notification (
                            partner_id, notification_id, environment, endpoint_id, event_type, event_id, subject, body, state,
                            reason, created_at, due_at, ended_at)
                        select :partner, :id || number, 'staging', :endpoint, :type, 'evt_' || :id || number, '', '{}', 'failed',
                            'the partner''s server answered 400', now(), now(), now()
                        from generate_series(1, :count) as number
                        """)
                .param("partner", partner)
                .param("id", id)
                .param("endpoint", endpoint)
                .param("type", type)
                .param("count", count)
                .update();
    }
}
