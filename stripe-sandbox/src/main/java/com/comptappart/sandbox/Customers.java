package com.comptappart.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/customers}: made by the API, or by a session that asks for one. */
final class Customers {

    private final Store store;
    private final Events events;

    Customers(Store store, Events events) {
        this.store = store;
        this.events = events;
    }

    void addTo(Routes routes) {
        routes.post("v1/customers", this::create);
        routes.get("v1/customers", this::list);
        routes.get("v1/customers/*", call -> store.get(Kind.CUSTOMER, call.id()));
    }

    ObjectNode add(Buyer buyer) {
        ObjectNode customer = blank();
        customer.put("email", buyer.email());
        customer.put("name", buyer.name());
        customer.put("phone", buyer.phone());
        customer.set("address", buyer.address().json());
        return keep(customer, Cause.NOT_THE_API);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode customer = blank();
        for (String name : List.of("email", "name", "phone", "description")) {
            params.filled(name).ifPresent(text -> customer.put(name, text));
        }
        params.child("address").ifPresent(given -> customer.set("address", address(given)));
        var locales = customer.putArray("preferred_locales");
        params.texts("preferred_locales").forEach(locales::add);
        params.metadataInto((ObjectNode) customer.path("metadata"));
        params.refuseUnread();
        return keep(customer, call.cause());
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params()).and(Page.equal(call.params(), "email"));
        return Page.of(call, store.newestFirst(Kind.CUSTOMER).stream().filter(wanted).toList());
    }

    private ObjectNode keep(ObjectNode customer, Cause cause) {
        store.put(Kind.CUSTOMER, customer);
        var _ = events.record("customer.created", customer, cause);
        return customer;
    }

    static ObjectNode address(Params given) {
        var address = Json.object();
        for (String name : List.of("city", "country", "line1", "line2", "postal_code", "state")) {
            Optional<String> text = given.text(name);
            address.put(name, text.orElse(null));
        }
        return address;
    }

    private ObjectNode blank() {
        ObjectNode customer =
                Json.object(
                        """
                        {"id": "", "object": "customer", "address": null, "balance": 0, "created": 0,
                         "currency": null, "customer_account": null, "default_source": null, "delinquent": false,
                         "description": null, "discount": null, "email": null, "invoice_prefix": "",
                         "invoice_settings": {"custom_fields": null, "default_payment_method": null,
                           "footer": null, "rendering_options": null},
                         "livemode": false, "metadata": {}, "name": null, "next_invoice_sequence": 1,
                         "phone": null, "preferred_locales": [], "shipping": null, "tax_exempt": "none",
                         "test_clock": null}
                        """);
        customer.put("id", Kind.CUSTOMER.newId());
        customer.put("created", store.now());
        customer.put("invoice_prefix", Ids.random("", 8).toUpperCase(java.util.Locale.ROOT));
        return customer;
    }
}
