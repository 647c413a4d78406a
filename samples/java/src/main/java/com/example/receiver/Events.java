package com.example.receiver;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Repository
class Events {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Events(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Does the work of an event once: its id and what it changes are committed together, or not at
     * all.
     */
    @Transactional
    void receive(String webhookId, String body) {
        JsonNode event = json.readTree(body);
        int inserted =
                jdbc.sql(
                                """
                                insert into received (webhook_id, event_type, event_id)
                                values (?, ?, ?)
                                on conflict do nothing
                                """)
                        .param(webhookId)
                        .param(event.path("event_type").stringValue())
                        .param(event.path("event_id").stringValue())
                        .update();
        // The same webhook-id comes again when our answer got lost: nothing is left to do then.
        if (inserted == 1) {
            handle(event);
        }
    }

    private void handle(JsonNode event) {
        switch (event.path("event_type").stringValue()) {
            case "order.created", "order.renewed" ->
                    // Your work goes here: open what was bought.
                    jdbc.sql(
                                    """
                                    insert into orders (order_id, email, invoice)
                                    values (?, ?, ?)
                                    """)
                            .param(event.path("order_id").longValue())
                            .param(event.path("customer").path("email").stringValue())
                            .param(event.path("invoice").path("number").stringValue())
                            .update();
            default -> {
                // Types that this code doesn't know, now or later, are none of its business.
            }
        }
    }
}
