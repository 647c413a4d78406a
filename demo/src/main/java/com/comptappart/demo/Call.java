package com.comptappart.demo;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * One call that the partner got.
 *
 * @param verified whether the Standard Webhooks library found its signature right
 * @param known whether its event was received before, and so was not handled again
 * @param reason why it is not verified; empty where it is
 */
record Call(
        Instant at,
        String messageId,
        boolean verified,
        boolean known,
        String reason,
        JsonNode body,
        String raw) {

    String type() {
        return body.path("event_type").asString("");
    }

    String eventId() {
        return body.path("event_id").asString("");
    }

    long orderId() {
        return body.path("order_id").asLong(0);
    }

    String pdfUrl() {
        return body.path("invoice").path("pdf_url").asString("");
    }
}
