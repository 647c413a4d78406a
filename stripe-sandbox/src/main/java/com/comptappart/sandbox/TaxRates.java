package com.comptappart.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/tax_rates}: percentages inside a price or on top of it. */
final class TaxRates {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Store store;
    private final Events events;

    TaxRates(Store store, Events events) {
        this.store = store;
        this.events = events;
    }

    void addTo(Routes routes) {
        routes.post("v1/tax_rates", this::create);
        routes.get("v1/tax_rates", this::list);
        routes.get("v1/tax_rates/*", call -> store.get(Kind.TAX_RATE, call.id()));
        routes.post("v1/tax_rates/*", this::update);
    }

    /** The rates that a parameter names, all of them known and active. */
    static List<ObjectNode> read(Store store, Params params, String name) {
        if (!params.isNested(name)) {
            params.text(name);
            return List.of();
        }
        return params.texts(name).stream()
                .map(id -> store.referred(Kind.TAX_RATE, id, params.nameOf(name)))
                .toList();
    }

    static ObjectNode blank(Store store, String displayName, BigDecimal percentage) {
        ObjectNode rate =
                Json.object(
                        """
                        {"id": "", "object": "tax_rate", "active": true, "country": null, "created": 0,
                         "description": null, "display_name": "", "effective_percentage": null,
                         "flat_amount": null, "inclusive": false, "jurisdiction": null,
                         "jurisdiction_level": null, "livemode": false, "metadata": {}, "percentage": 0,
                         "rate_type": "percentage", "state": null, "tax_type": null}
                        """);
        rate.put("id", Kind.TAX_RATE.newId());
        rate.put("created", store.now());
        rate.put("display_name", displayName);
        rate.put("percentage", percentage);
        return rate.put("effective_percentage", percentage);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode rate = blank(store, params.required("display_name"), percentage(params));
        rate.put(
                "inclusive",
                params.flag("inclusive").orElseThrow(() -> Refusal.missing("inclusive")));
        apply(params, rate);
        params.refuseUnread();
        store.put(Kind.TAX_RATE, rate);
        var _ = events.record("tax_rate.created", rate, call.cause());
        return rate;
    }

    private ObjectNode update(Call call) {
        ObjectNode kept = store.get(Kind.TAX_RATE, call.id());
        ObjectNode rate = kept.deepCopy();
        call.params().filled("display_name").ifPresent(name -> rate.put("display_name", name));
        apply(call.params(), rate);
        call.params().refuseUnread();
        ObjectNode before = kept.deepCopy();
        kept.setAll(rate);
        var _ = events.recordChange("tax_rate.updated", before, kept, call.cause());
        return kept;
    }

    private static void apply(Params params, ObjectNode rate) {
        params.flag("active").ifPresent(active -> rate.put("active", active));
        for (String name : List.of("country", "description", "jurisdiction", "state", "tax_type")) {
            params.text(name).ifPresent(text -> rate.put(name, text.isEmpty() ? null : text));
        }
        params.metadataInto((ObjectNode) rate.path("metadata"));
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params())
                        .and(Page.equal(call.params(), "active"))
                        .and(Page.equal(call.params(), "inclusive"));
        return Page.of(call, store.newestFirst(Kind.TAX_RATE).stream().filter(wanted).toList());
    }

    private static BigDecimal percentage(Params params) {
        String text = params.required("percentage");
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,4})?")) {
            throw Refusal.of(null, "percentage", "Invalid decimal: " + text);
        }
        var percentage = new BigDecimal(text);
        if (percentage.compareTo(HUNDRED) > 0) {
            throw Refusal.of(null, "percentage", "percentage must be from 0 to 100.");
        }
        return percentage;
    }

    /** Copies for an object that shows its rates whole. */
    static void show(ObjectNode in, String field, Iterable<? extends JsonNode> rates) {
        var shown = in.putArray(field);
        rates.forEach(rate -> shown.add(rate.deepCopy()));
    }
}
