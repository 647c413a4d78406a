package com.comptappart.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.testing.Payloads;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventSchemaTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    Dialects.getDraft202012(),
                    registry ->
                            registry.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));

    static List<String> types() {
        return EventTypes.known();
    }

    private static List<Error> faults(String type, JsonNode body) {
        var schema = (ObjectNode) JSON.readTree(EventSchema.of(type));
        close(schema);
        return REGISTRY.getSchema(schema).validate(body);
    }

    /** As a reader who wants to know of every field: what the schema doesn't name is a fault. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.has("properties")
                && object.path("type").asString("").equals("object")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(EventSchemaTest::close);
    }

    @ParameterizedTest
    @MethodSource("types")
    void the_published_body_is_the_schemas_to_the_letter(String type) {
        assertThat(faults(type, JSON.readTree(Payloads.published(type)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_field_that_lacks_or_that_the_schema_does_not_name_is_a_fault(String type) {
        var body = (ObjectNode) JSON.readTree(Payloads.published(type));
        for (String field : List.copyOf(body.propertyNames())) {
            var without = body.deepCopy();
            without.remove(field);
            assertThat(faults(type, without)).as("%s without %s", type, field).isNotEmpty();
        }
        assertThat(faults(type, body.deepCopy().put("more", 1))).isNotEmpty();
        assertThat(faults(type, body.deepCopy().put("event_type", "other"))).isNotEmpty();
    }

    @Test
    void there_is_no_schema_of_what_is_no_event() {
        assertThatThrownBy(() -> EventSchema.of("order.lost"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
