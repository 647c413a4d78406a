package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Strict schemas of Stripe's objects: a field that Stripe hasn't, or that lacks, fails the test. */
final class StripeSchemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private StripeSchemas() {}

    static void validate(String json) {
        validate(JsonMapper.shared().readTree(json));
    }

    /** Validates the object and every object inside it that says what it is. */
    static void validate(JsonNode node) {
        String kind = node.path("object").asString("");
        boolean deleted = node.path("deleted").asBoolean(false);
        if (!kind.isEmpty() && !kind.equals("list") && !deleted) {
            assertThat(schema(kind).validate(node)).as("%s %s", kind, node).isEmpty();
        }
        for (JsonNode child : node) {
            validate(child);
        }
    }

    private static Schema schema(String kind) {
        return SCHEMAS.computeIfAbsent(kind, StripeSchemas::read);
    }

    private static Schema read(String kind) {
        String name = "/stripe-schemas/2026-07-29.dahlia/%s.schema.json".formatted(kind);
        try (var stream = StripeSchemas.class.getResourceAsStream(name)) {
            assertThat(stream).as("a schema for " + kind).isNotNull();
            return REGISTRY.getSchema(stream, InputFormat.JSON);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
