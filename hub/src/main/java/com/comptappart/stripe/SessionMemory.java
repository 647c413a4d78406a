package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.comptappart.order.Buyer;
import com.comptappart.order.CustomField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What later events need of a Checkout Session: the answers and metadata of the one that began a
 * subscription, and which invoice a session made.
 *
 * @param account the connected account, empty for our own
 * @param subscriptionId empty where it began none
 * @param invoiceId empty where it made none
 */
record SessionMemory(
        String account,
        Environment environment,
        String sessionId,
        String subscriptionId,
        String invoiceId,
        Buyer buyer,
        List<CustomField> customFields,
        Map<String, String> metadata) {

    SessionMemory {
        customFields = List.copyOf(customFields);
        metadata = new LinkedHashMap<>(metadata);
    }

    static SessionMemory of(String account, Environment environment, JsonNode session) {
        return new SessionMemory(
                account,
                environment,
                SessionFields.id(session.path("id"), "id"),
                SessionFields.reference(session.path("subscription"), "subscription"),
                SessionFields.reference(session.path("invoice"), "invoice"),
                SessionFields.buyer(session),
                SessionFields.customFields(session),
                SessionFields.metadata(session));
    }
}
