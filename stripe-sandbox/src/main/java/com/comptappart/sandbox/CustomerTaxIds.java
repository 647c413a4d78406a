package com.comptappart.sandbox;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/customers/…/tax_ids}: numbers under which tax offices know a customer. */
final class CustomerTaxIds {

    private static final int MOST = 5;

    record Given(String type, String value) {}

    private final Store store;
    private final Events events;

    CustomerTaxIds(Store store, Events events) {
        this.store = store;
        this.events = events;
    }

    void addTo(Routes routes) {
        routes.post("v1/customers/*/tax_ids", this::create);
        routes.get("v1/customers/*/tax_ids", this::list);
        routes.get("v1/customers/*/tax_ids/*", this::get);
        routes.delete("v1/customers/*/tax_ids/*", this::delete);
    }

    static List<Given> read(Params params) {
        return params.childrenOf("tax_id_data").stream().map(CustomerTaxIds::readOne).toList();
    }

    ObjectNode add(ObjectNode customer, String type, String value, Cause cause) {
        String owner = customer.path("id").asString();
        if (of(store, owner).count() >= MOST) {
            throw Refusal.of(null, null, "A customer can have at most %d tax IDs.".formatted(MOST));
        }
        ObjectNode taxId =
                Json.object(
                        """
                        {"id": "", "object": "tax_id", "country": null, "created": 0, "customer": "",
                         "customer_account": null, "livemode": false,
                         "owner": {"customer": "", "customer_account": null, "type": "customer"},
                         "type": "", "value": "",
                         "verification": {"status": "pending", "verified_address": null, "verified_name": null}}
                        """);
        taxId.put("id", Kind.TAX_ID.newId());
        taxId.put("created", store.now());
        taxId.put("country", type.equals("eu_vat") ? value.substring(0, 2) : null);
        taxId.put("customer", owner);
        ((ObjectNode) taxId.path("owner")).put("customer", owner);
        taxId.put("type", type);
        taxId.put("value", value);
        store.put(Kind.TAX_ID, taxId);
        var _ = events.record("customer.tax_id.created", taxId, cause);
        return taxId;
    }

    static Stream<ObjectNode> of(Store store, String customer) {
        return store.newestFirst(Kind.TAX_ID).stream()
                .filter(taxId -> taxId.path("customer").asString().equals(customer));
    }

    /** As invoices and sessions show them: type and value alone. */
    static ArrayNode shown(Store store, String customer) {
        var shown = Json.array();
        of(store, customer)
                .forEach(taxId -> {
                    var one = shown.addObject();
                    one.set("type", taxId.path("type"));
                    one.set("value", taxId.path("value"));
                });
        return shown;
    }

    private ObjectNode create(Call call) {
        ObjectNode customer = store.get(Kind.CUSTOMER, call.id());
        Given given = readOne(call.params());
        call.params().refuseUnread();
        return add(customer, given.type(), given.value(), call.cause());
    }

    private ObjectNode list(Call call) {
        store.get(Kind.CUSTOMER, call.id());
        return Page.of(call, of(store, call.id()).toList());
    }

    private ObjectNode get(Call call) {
        return of(store, call.id())
                .filter(taxId -> taxId.path("id").asString().equals(call.ids().getLast()))
                .findFirst()
                .orElseThrow(() -> Refusal.noSuch(Kind.TAX_ID, call.ids().getLast()));
    }

    private ObjectNode delete(Call call) {
        ObjectNode taxId = get(call);
        call.params().refuseUnread();
        store.remove(Kind.TAX_ID, taxId.path("id").asString());
        var _ = events.record("customer.tax_id.deleted", taxId, call.cause());
        return Deleted.of(Kind.TAX_ID, taxId.path("id").asString());
    }

    private static Given readOne(Params given) {
        String type = given.required("type");
        String value = given.required("value");
        if (!type.matches("[a-z]{2}_[a-z_]{2,20}")) {
            throw Refusal.of(null, given.nameOf("type"), "Invalid type: " + type);
        }
        if (type.equals("eu_vat") && !value.matches("[A-Z]{2}[A-Z0-9]{2,13}")) {
            throw Refusal.of("tax_id_invalid", given.nameOf("value"), "Invalid value for eu_vat.");
        }
        return new Given(type, value);
    }
}
