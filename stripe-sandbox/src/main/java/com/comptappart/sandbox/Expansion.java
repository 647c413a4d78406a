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
            Map.ofEntries(
                    Map.entry("checkout.session.payment_intent", Kind.PAYMENT_INTENT),
                    Map.entry("checkout.session.customer", Kind.CUSTOMER),
                    Map.entry("price.product", Kind.PRODUCT),
                    Map.entry("product.default_price", Kind.PRICE),
                    Map.entry("payment_intent.latest_charge", Kind.CHARGE),
                    Map.entry("payment_intent.payment_method", Kind.PAYMENT_METHOD),
                    Map.entry("payment_intent.customer", Kind.CUSTOMER),
                    Map.entry("charge.payment_intent", Kind.PAYMENT_INTENT),
                    Map.entry("charge.customer", Kind.CUSTOMER),
                    Map.entry("payment_method.customer", Kind.CUSTOMER),
                    Map.entry(
                            "customer.invoice_settings.default_payment_method",
                            Kind.PAYMENT_METHOD));

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
            expand(copy, "", steps, path);
        }
        return copy;
    }

    /** What has no object name of its own, such as settings, is named by the way that led to it. */
    private void expand(ObjectNode at, String cameBy, List<String> steps, String wholePath) {
        String field = steps.getFirst();
        String parent = at.path("object").asString(cameBy);
        JsonNode value = valueOf(at, parent, field);
        if (value == null) {
            throw cannotExpand(wholePath);
        }
        List<String> rest = steps.subList(1, steps.size());
        switch (value) {
            case ObjectNode object when !rest.isEmpty() ->
                    expand(object, parent + "." + field, rest, wholePath);
            case ArrayNode array when !rest.isEmpty() -> {
                for (JsonNode element : array) {
                    expand((ObjectNode) element, parent + "." + field, rest, wholePath);
                }
            }
            default -> {
                if (!value.isNull() && !value.isContainer()) {
                    throw cannotExpand(wholePath);
                }
            }
        }
    }

    private @Nullable JsonNode valueOf(ObjectNode at, String parent, String field) {
        String name = parent + "." + field;
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
