package com.comptappart.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.stereotype.Component;

/**
 * Names the fields of our records as the JSON does, and says which may be null, as their types do.
 */
@Component
class OpenApiFields extends ModelResolver {

    /** Marks, while the document is made, a field that is left out where it is null. */
    static final String LEFT_OUT = "x-left-out";

    private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    OpenApiFields(ObjectMapperProvider mappers) {
        super(mappers.jsonMapper().copy().setPropertyNamingStrategy(SNAKE_CASE));
        openapi31(true);
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> resolved = super.resolve(type, context, chain);
        Class<?> raw = _mapper.constructType(type.getType()).getRawClass();
        if (resolved != null
                && raw.isRecord()
                && raw.getPackage().equals(getClass().getPackage())) {
            var model = model(resolved, context.getDefinedModels());
            if (model != null && model.getProperties() != null) {
                for (var component : raw.getRecordComponents()) {
                    say(component, model);
                }
            }
        }
        return resolved;
    }

    static boolean mayBeNull(Schema<?> schema) {
        return schema.getTypes() != null && schema.getTypes().contains("null");
    }

    /** A schema of the document, which must be there. */
    static Schema<?> model(OpenAPI document, String name) {
        return Objects.requireNonNull(document.getComponents().getSchemas().get(name), name);
    }

    /** A field of a schema of the document; both must be there. */
    static Schema<?> field(OpenAPI document, String model, String name) {
        return Objects.requireNonNull(model(document, model).getProperties().get(name), name);
    }

    @SuppressWarnings("rawtypes")
    private static @Nullable Schema<?> model(Schema<?> resolved, Map<String, Schema> models) {
        String reference = resolved.get$ref();
        return reference == null
                ? resolved
                : models.get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static void say(RecordComponent component, Schema<?> model) {
        String name = SNAKE_CASE.translate(component.getName());
        var property = model.getProperties().get(name);
        boolean isRequired = model.getRequired() != null && model.getRequired().contains(name);
        if (property == null
                || isRequired
                || !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return;
        }
        if (component.getAccessor().isAnnotationPresent(JsonInclude.class)) {
            property.addExtension(LEFT_OUT, true);
            return;
        }
        model.getProperties().put(name, orNull(property));
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static Schema orNull(Schema property) {
        if (property.get$ref() != null) {
            var reference = new JsonSchema();
            reference.set$ref(property.get$ref());
            var nothing = new JsonSchema();
            nothing.addType("null");
            var either = new JsonSchema();
            either.setDescription(property.getDescription());
            either.setAnyOf(List.of(reference, nothing));
            return either;
        }
        if (property.getTypes() != null && property.getTypes().add("null")) {
            if (property.getEnum() != null) {
                var values = new ArrayList<@Nullable Object>(property.getEnum());
                values.add(null);
                property.setEnum(values);
            }
        }
        return property;
    }
}
