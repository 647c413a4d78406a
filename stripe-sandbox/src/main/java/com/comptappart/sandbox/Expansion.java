package com.comptappart.sandbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns ids into objects and adds includable fields, where the caller asks by {@code expand[]}. */
final class Expansion {

    private static final int DEEPEST = 4;
    private static final int MOST_LINE_ITEMS = 10;

    private static final Map<String, Kind> REFERENCES =
            Map.of(
                    "checkout.session.payment_intent", Kind.PAYMENT_INTENT,
                    "checkout.session.customer", Kind.CUSTOMER,
                    "price.product", Kind.PRODUCT,
                    "product.default_price", Kind.PRICE,
                    "payment_intent.latest_charge", Kind.CHARGE,
                    "payment_intent.payment_method", Kind.PAYMENT_METHOD,
                    "payment_intent.customer", Kind.CUSTOMER,
                    "charge.payment_intent", Kind.PAYMENT_INTENT,
                    "charge.customer", Kind.CUSTOMER,
                    "payment_method.customer", Kind.CUSTOMER);

    private final Store store;

    Expansion(Store store) {
        this.store = store;
    }

    /** A copy of the object with the wanted paths expanded; the stored object stays as it is. */
    ObjectNode render(ObjectNode object, List<String> paths) {
        ObjectNode copy = object.deepCopy();
        for (String path : paths) {
            List<String> steps = List.of(path.split("\\."));
            boolean list = "list".equals(copy.path("object").asString());
            if (steps.size() > DEEPEST + (list ? 1 : 0)) {
                throw Refusal.of(
                        null,
                        "expand",
                        "You cannot expand more than %d levels of a property.".formatted(DEEPEST));
            }
            expand(copy, steps, path);
        }
        return copy;
    }

    private void expand(ObjectNode at, List<String> steps, String wholePath) {
        String field = steps.getFirst();
        JsonNode value = valueOf(at, field);
        if (value == null) {
            throw cannotExpand(wholePath);
        }
        List<String> rest = steps.subList(1, steps.size());
        switch (value) {
            case ObjectNode object when !rest.isEmpty() -> expand(object, rest, wholePath);
            case ArrayNode array when !rest.isEmpty() -> {
                for (JsonNode element : array) {
                    expand((ObjectNode) element, rest, wholePath);
                }
            }
            default -> {
                if (!value.isNull() && !value.isContainer()) {
                    throw cannotExpand(wholePath);
                }
            }
        }
    }

    private @Nullable JsonNode valueOf(ObjectNode at, String field) {
        String name = at.path("object").asString() + "." + field;
        JsonNode value = at.get(field);
        Kind kind = REFERENCES.get(name);
        if (kind != null && value != null && value.isString()) {
            value = store.get(kind, value.asString()).deepCopy();
            at.set(field, value);
        }
        if (value == null) {
            value = includable(name, at);
            if (value != null) {
                at.set(field, value);
            }
        }
        return value;
    }

    private @Nullable JsonNode includable(String name, ObjectNode at) {
        return switch (name) {
            case "checkout.session.line_items" -> firstLineItems(at.path("id").asString());
            case "item.taxes", "item.discounts" -> Json.array();
            case "charge.refunds" ->
                    Page.list(
                            "/v1/charges/" + at.path("id").asString() + "/refunds",
                            List.of(),
                            false);
            default -> null;
        };
    }

    private ObjectNode firstLineItems(String session) {
        List<ObjectNode> items = store.lineItems(session);
        List<ObjectNode> first = items.subList(0, Math.min(MOST_LINE_ITEMS, items.size()));
        return Page.list(
                "/v1/checkout/sessions/" + session + "/line_items",
                first.stream().map(ObjectNode::deepCopy).toList(),
                items.size() > first.size());
    }

    private static Refusal cannotExpand(String path) {
        return Refusal.of(null, "expand", "This property cannot be expanded (%s).".formatted(path));
    }
}
