package com.comptappart.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts whole examples together from those of the fields, and says which fields every answer has:
 * all but those that are left out where they are null.
 */
final class OpenApiExamples {

    private static final String TIME = "2026-11-23T14:32:18Z";

    /** The calls whose answers have what others leave out. */
    private static final Set<String> WHOLE =
            Set.of(
                    "createWebhookEndpoint",
                    "rotateWebhookSecret",
                    "getNotification",
                    "replayNotification");

    private OpenApiExamples() {}

    static void add(OpenAPI document) {
        var made = new Document(document);
        for (var path : document.getPaths().values()) {
            path.readOperations().forEach(made::answers);
        }
        for (var path : document.getPaths().values()) {
            path.readOperations().forEach(made::examples);
        }
        document.getComponents().getSchemas().values().forEach(OpenApiExamples::unmark);
    }

    private static void unmark(Schema<?> schema) {
        if (schema.getProperties() != null) {
            schema.getProperties().values().stream()
                    .filter(field -> field.getExtensions() != null)
                    .forEach(field -> field.getExtensions().remove(OpenApiFields.LEFT_OUT));
        }
    }

    /** What an example is for. */
    private enum Of {
        REQUEST,
        ANSWER,
        WHOLE_ANSWER
    }

    /** Looks up what its schemas refer to. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private record Document(OpenAPI document) {

        void answers(Operation operation) {
            var seen = new HashSet<Schema>();
            for (ApiResponse response : operation.getResponses().values()) {
                if (response.getContent() != null) {
                    response.getContent().values().forEach(each -> require(each.getSchema(), seen));
                }
            }
        }

        private void require(@Nullable Schema given, Set<Schema> seen) {
            if (given == null) {
                return;
            }
            Schema schema = found(given);
            if (!seen.add(schema)) {
                return;
            }
            require(schema.getItems(), seen);
            Map<String, Schema> fields = schema.getProperties();
            if (fields == null) {
                return;
            }
            var always = new ArrayList<String>();
            fields.forEach((name, field) -> {
                require(field, seen);
                if (!isLeftOut(field)) {
                    always.add(name);
                }
            });
            schema.setRequired(always);
        }

        void examples(Operation operation) {
            if (operation.getRequestBody() != null) {
                add(operation.getRequestBody().getContent(), Of.REQUEST);
            }
            var of = WHOLE.contains(operation.getOperationId()) ? Of.WHOLE_ANSWER : Of.ANSWER;
            operation.getResponses().values().forEach(each -> add(each.getContent(), of));
        }

        private void add(@Nullable Content content, Of of) {
            if (content == null) {
                return;
            }
            content.forEach((name, type) -> {
                if (name.endsWith("json") && type.getSchema() != null) {
                    type.setExample(example(type.getSchema(), of));
                }
            });
        }

        private @Nullable Object example(Schema given, Of of) {
            Schema schema = found(given);
            if (schema.getExample() != null) {
                return schema.getExample();
            }
            if (schema.getProperties() != null) {
                var object = object(schema, of);
                return object.isEmpty() ? null : object;
            }
            if (schema.getItems() != null) {
                var one = example(schema.getItems(), of);
                return one == null ? null : List.of(one);
            }
            if (of == Of.REQUEST || OpenApiFields.mayBeNull(schema)) {
                return null;
            }
            if (schema.getEnum() != null) {
                return schema.getEnum().getFirst();
            }
            return switch (schema.getFormat()) {
                case "date-time" -> TIME;
                case "date" -> TIME.substring(0, TIME.indexOf('T'));
                case null, default -> null;
            };
        }

        /** A request leaves out what it may. */
        private Map<String, @Nullable Object> object(Schema schema, Of of) {
            var example = new LinkedHashMap<String, @Nullable Object>();
            Map<String, Schema> fields = schema.getProperties();
            fields.forEach((name, field) -> {
                var value = example(field, of);
                boolean isThere =
                        switch (of) {
                            case REQUEST -> value != null;
                            case ANSWER -> !isLeftOut(field);
                            case WHOLE_ANSWER -> value != null || !isLeftOut(field);
                        };
                if (isThere) {
                    example.put(name, value);
                }
            });
            return example;
        }

        private static boolean isLeftOut(Schema field) {
            return field.getExtensions() != null
                    && field.getExtensions().containsKey(OpenApiFields.LEFT_OUT);
        }

        private Schema found(Schema given) {
            Schema schema = given.getAnyOf() == null ? given : (Schema) given.getAnyOf().getFirst();
            String reference = schema.get$ref();
            return reference == null
                    ? schema
                    : OpenApiFields.model(
                            document, reference.substring(reference.lastIndexOf('/') + 1));
        }
    }
}
