package com.comptappart.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Strict schemas of Stripe's objects: a field that Stripe hasn't, or that lacks, fails the test.
 */
final class StripeSchemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    Dialect.builder(Dialects.getDraft7())
                            .unknownKeywordFactory((name, _) -> new AnnotationKeyword(name))
                            .build());

    /** Kinds whose schema is not among those that were made from Stripe's declarations. */
    private static final Set<String> WITHOUT_SCHEMA =
            Set.of(
                    "balance",
                    "list",
                    "quote",
                    "shipping_rate",
                    "subscription_schedule",
                    "plan",
                    "discount",
                    "tax_id",
                    "invoiceitem",
                    "credit_note_line_item",
                    "setup_intent",
                    "payment_link",
                    "test_helpers.test_clock",
                    "billing_portal.session",
                    "billing_portal.configuration");

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private static final ThreadLocal<Set<String>> VALIDATED = new ThreadLocal<>();

    private StripeSchemas() {}

    /** The kinds that were checked against a schema of theirs, by this thread, meanwhile. */
    static Set<String> validatedDuring(Runnable work) {
        var kinds = new TreeSet<String>();
        VALIDATED.set(kinds);
        try {
            work.run();
        } finally {
            VALIDATED.remove();
        }
        return kinds;
    }

    static void validate(String json) {
        validate(json, "2026-07-29.dahlia");
    }

    static void validate(String json, String version) {
        validate(JsonMapper.shared().readTree(json), version);
    }

    /** Validates the object and every object inside it that says what it is. */
    static void validate(JsonNode node, String version) {
        String kind = node.path("object").asString("");
        if (kind.equals("event") && node.path("type").asString("").equals("invoice.upcoming")) {
            return; // the one invoice without an id
        }
        boolean deleted = node.path("deleted").asBoolean(false);
        if (!kind.isEmpty() && !WITHOUT_SCHEMA.contains(kind) && !deleted) {
            Optional.ofNullable(VALIDATED.get()).ifPresent(kinds -> kinds.add(kind));
            assertThat(schema(version + "/" + kind).validate(node))
                    .as("%s %s", kind, node)
                    .isEmpty();
        }
        for (JsonNode child : node) {
            validate(child, version);
        }
    }

    private static Schema schema(String path) {
        return SCHEMAS.computeIfAbsent(path, StripeSchemas::read);
    }

    private static Schema read(String path) {
        String name = "/stripe-schemas/%s.schema.json".formatted(path);
        try (var stream = StripeSchemas.class.getResourceAsStream(name)) {
            assertThat(stream).as("a schema for " + path).isNotNull();
            return REGISTRY.getSchema(stream, InputFormat.JSON);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
