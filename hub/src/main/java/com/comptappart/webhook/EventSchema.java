package com.comptappart.webhook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON Schema (2020-12) of the bodies that partners get, as the contract names their fields.
 * Fields may be added one day: a schema forbids none.
 */
public final class EventSchema {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<String, Object> TEXT_OR_NULL = orNull("string");
    private static final Map<String, Object> AMOUNT = Map.of("type", "number");
    private static final Map<String, Object> WHOLE = Map.of("type", "integer");
    private static final Map<String, Object> YES_OR_NO = Map.of("type", "boolean");
    private static final Map<String, Object> TIME =
            ordered("type", "string", "format", "date-time");
    private static final Map<String, Object> TIME_OR_NULL =
            ordered("type", List.of("string", "null"), "format", "date-time");

    private EventSchema() {}

    /**
     * @param eventType one of {@link EventTypes#known()}
     */
    public static String of(String eventType) {
        if (!EventTypes.KNOWN.contains(eventType)) {
            throw new IllegalArgumentException("no such type: " + eventType);
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", eventType);
        schema.putAll(object(fields(eventType)));
        return JSON.writeValueAsString(schema);
    }

    private static Map<String, Object> fields(String eventType) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("event_type", Map.of("const", eventType));
        fields.put("event_id", TEXT);
        if (eventType.equals(EventTypes.PING)) {
            fields.put("timestamp", TIME);
            return fields;
        }
        boolean ofOrder = eventType.startsWith("order.");
        fields.put("order_id", ofOrder ? WHOLE : Map.of("type", "null"));
        fields.put("timestamp", TIME);
        fields.put("environment", Map.of("enum", List.of("staging", "production")));
        fields.put("customer", customer());
        if (!ofOrder) {
            fields.put("subscription", subscription());
            return fields;
        }
        fields.put("order", order());
        fields.put("invoice", document());
        if (eventType.equals("order.refunded")) {
            fields.put(
                    "refund",
                    object(ordered("amount", AMOUNT, "reason", TEXT_OR_NULL, "full", YES_OR_NO)));
            fields.put("credit_note", document());
        }
        if (eventType.equals("order.disputed")) {
            fields.put(
                    "dispute",
                    object(ordered("id", TEXT, "status", TEXT, "reason", TEXT, "amount", AMOUNT)));
        }
        return fields;
    }

    private static Map<String, Object> customer() {
        return object(
                ordered(
                        "first_name",
                        TEXT_OR_NULL,
                        "last_name",
                        TEXT_OR_NULL,
                        "email",
                        TEXT_OR_NULL,
                        "phone",
                        TEXT_OR_NULL));
    }

    private static Map<String, Object> subscription() {
        return object(
                ordered(
                        "id",
                        TEXT,
                        "status",
                        TEXT,
                        "current_period_end",
                        TIME_OR_NULL,
                        "cancel_at",
                        TIME_OR_NULL,
                        "canceled_at",
                        TIME_OR_NULL));
    }

    private static Map<String, Object> order() {
        var order = new LinkedHashMap<String, Object>();
        order.put("total_amount", AMOUNT);
        order.put("tax_amount", AMOUNT);
        order.put("currency", ordered("type", "string", "pattern", "^[A-Z]{3}$"));
        order.put("payment_date", TIME);
        order.put("billing_reason", TEXT);
        order.put("is_subscription", YES_OR_NO);
        order.put("subscription_id", TEXT_OR_NULL);
        order.put("products", listOf(product()));
        order.put(
                "custom_fields",
                listOf(object(ordered("key", TEXT, "label", TEXT, "value", TEXT))));
        order.put("coverage", listOf(coverage()));
        order.put("metadata", ordered("type", "object", "additionalProperties", TEXT));
        return object(order);
    }

    private static Map<String, Object> product() {
        var part =
                ordered(
                        "description",
                        TEXT,
                        "quantity",
                        WHOLE,
                        "unit_price",
                        AMOUNT,
                        "amount",
                        AMOUNT);
        var product = new LinkedHashMap<String, Object>();
        product.put("product_id", TEXT_OR_NULL);
        product.put("product_name", TEXT);
        product.put("quantity", WHOLE);
        product.put("unit_price", AMOUNT);
        product.put("amount", AMOUNT);
        product.put("tax_rate", AMOUNT);
        product.put("sub_items", listOf(object(part)));
        return object(product);
    }

    private static Map<String, Object> coverage() {
        return object(
                ordered(
                        "year",
                        WHOLE,
                        "property",
                        object(ordered("external_id", TEXT, "name", TEXT))));
    }

    private static Map<String, Object> document() {
        return object(
                ordered(
                        "number",
                        TEXT,
                        "pdf_url",
                        ordered("type", "string", "format", "uri"),
                        "pdf_filename",
                        TEXT));
    }

    /** With all of its fields, always. */
    private static Map<String, Object> object(Map<String, Object> fields) {
        return ordered(
                "type", "object", "required", List.copyOf(fields.keySet()), "properties", fields);
    }

    private static Map<String, Object> listOf(Map<String, Object> items) {
        return ordered("type", "array", "items", items);
    }

    private static Map<String, Object> orNull(String type) {
        return Map.of("type", List.of(type, "null"));
    }

    /** In the order in which the body has them. */
    private static Map<String, Object> ordered(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
