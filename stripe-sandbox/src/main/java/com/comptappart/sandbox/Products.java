package com.comptappart.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/products}. */
final class Products {

    private final Store store;
    private final Prices prices;
    private final Events events;

    Products(Store store, Prices prices, Events events) {
        this.store = store;
        this.prices = prices;
        this.events = events;
    }

    void addTo(Routes routes) {
        routes.post("v1/products", this::create);
        routes.get("v1/products", this::list);
        routes.get("v1/products/*", call -> store.get(Kind.PRODUCT, call.id()));
        routes.post("v1/products/*", this::update);
        routes.delete("v1/products/*", this::delete);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode product = blank(store);
        params.filled("id").ifPresent(id -> product.put("id", unused(id)));
        product.put("name", params.required("name"));
        applyTo(product, params);
        params.oneOf("type", "good", "service").ifPresent(type -> product.put("type", type));
        Optional<ObjectNode> price =
                params.child("default_price_data")
                        .map(data -> prices.draft(data, product.path("id").asString()));
        params.refuseUnread();
        store.put(Kind.PRODUCT, product);
        if (price.isPresent()) {
            prices.keep(price.get(), call.cause());
            product.put("default_price", price.get().path("id").asString());
        }
        var _ = events.record("product.created", product, call.cause());
        return product;
    }

    /** The product of an inline price: kept for the session's sake, not for sale by itself. */
    static ObjectNode inline(Store store, Params data) {
        ObjectNode product = blank(store);
        product.put("name", data.required("name"));
        product.put("active", false);
        applyTexts(product, data);
        applyImages(product, data);
        data.metadataInto((ObjectNode) product.path("metadata"));
        return product;
    }

    private ObjectNode update(Call call) {
        Params params = call.params();
        ObjectNode kept = store.get(Kind.PRODUCT, call.id());
        ObjectNode product = kept.deepCopy();
        params.filled("name").ifPresent(name -> product.put("name", name));
        params.filled("default_price").ifPresent(id -> setDefaultPrice(product, id));
        applyTo(product, params);
        params.refuseUnread();
        product.put("updated", store.now());
        kept.setAll(product);
        var _ = events.record("product.updated", kept, call.cause());
        return kept;
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        List<String> ids = params.texts("ids");
        Predicate<ObjectNode> wanted =
                Page.created(params)
                        .and(Page.equal(params, "active"))
                        .and(Page.equal(params, "url"))
                        .and(p -> ids.isEmpty() || ids.contains(p.path("id").asString()));
        return Page.of(call, store.newestFirst(Kind.PRODUCT).stream().filter(wanted).toList());
    }

    private ObjectNode delete(Call call) {
        call.params().refuseUnread();
        ObjectNode product = store.get(Kind.PRODUCT, call.id());
        boolean priced =
                store.newestFirst(Kind.PRICE).stream()
                        .anyMatch(price -> price.path("product").asString().equals(call.id()));
        if (priced) {
            throw Refusal.of(
                    null,
                    null,
                    "This product cannot be deleted because it has one or more user-created prices.");
        }
        store.remove(Kind.PRODUCT, call.id());
        var _ = events.record("product.deleted", product, call.cause());
        return Json.object().put("id", call.id()).put("object", "product").put("deleted", true);
    }

    private String unused(String id) {
        if (store.find(Kind.PRODUCT, id).isPresent()) {
            throw Refusal.of("resource_already_exists", "id", "Product already exists.");
        }
        return id;
    }

    private void setDefaultPrice(ObjectNode product, String id) {
        ObjectNode price = store.referred(Kind.PRICE, id, "default_price");
        if (!price.path("product").asString().equals(product.path("id").asString())) {
            throw Refusal.of(
                    null, "default_price", "The price '%s' is of another product.".formatted(id));
        }
        product.put("default_price", id);
    }

    private static void applyTo(ObjectNode product, Params params) {
        params.flag("active").ifPresent(active -> product.put("active", active));
        params.flag("shippable").ifPresent(shippable -> product.put("shippable", shippable));
        applyTexts(product, params);
        params.text("statement_descriptor")
                .ifPresent(text -> putOrUnset(product, "statement_descriptor", text));
        params.text("url").ifPresent(text -> putOrUnset(product, "url", text));
        applyImages(product, params);
        params.metadataInto((ObjectNode) product.path("metadata"));
    }

    private static void applyTexts(ObjectNode product, Params params) {
        for (String name : List.of("description", "unit_label", "tax_code")) {
            params.text(name).ifPresent(text -> putOrUnset(product, name, text));
        }
    }

    private static void applyImages(ObjectNode product, Params params) {
        if (params.has("images")) {
            var images = Json.array();
            params.texts("images").forEach(images::add);
            product.set("images", images);
        }
    }

    private static void putOrUnset(ObjectNode object, String name, String text) {
        object.put(name, text.isEmpty() ? null : text);
    }

    /** The product behind an amount without a price: nobody sells it again. */
    static String ofOneItem(Store store, String name) {
        ObjectNode product = blank(store);
        product.put("name", name);
        product.put("active", false);
        store.put(Kind.PRODUCT, product);
        return product.path("id").asString();
    }

    private static ObjectNode blank(Store store) {
        ObjectNode product =
                Json.object(
                        """
                        {"id": "", "object": "product", "active": true, "created": 0, "default_price": null,
                         "description": null, "images": [], "livemode": false, "marketing_features": [],
                         "metadata": {}, "name": "", "package_dimensions": null, "shippable": null,
                         "statement_descriptor": null, "tax_code": null, "type": "service",
                         "unit_label": null, "updated": 0, "url": null}
                        """);
        product.put("id", Kind.PRODUCT.newId());
        product.put("created", store.now());
        product.put("updated", store.now());
        return product;
    }
}
