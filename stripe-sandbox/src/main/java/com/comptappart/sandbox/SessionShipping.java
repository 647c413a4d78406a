package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Delivery on a session: where to, by which rate, and what it costs the buyer. */
final class SessionShipping {

    private static final int MOST_OPTIONS = 5;

    private final Store store;

    SessionShipping(Store store) {
        this.store = store;
    }

    /** Reads where the shop delivers to and by which rates; the first is chosen to begin with. */
    void read(Params params, ObjectNode session) {
        readCountries(params, session);
        List<Params> options =
                params.isNested("shipping_options")
                        ? params.childrenOf("shipping_options")
                        : List.of();
        if (options.isEmpty()) {
            return;
        }
        if (SessionBilling.subscribes(session)) {
            throw Refusal.notImitated("shipping_options", "shipping rates on subscriptions");
        }
        if (options.size() > MOST_OPTIONS) {
            throw Refusal.of(
                    null,
                    "shipping_options",
                    "You can have at most %d shipping options.".formatted(MOST_OPTIONS));
        }
        var made = new ArrayList<ObjectNode>();
        var shown = session.putArray("shipping_options");
        for (Params option : options) {
            ObjectNode rate = rate(option, made);
            requireCurrency(rate, session, option);
            shown.addObject()
                    .put("shipping_amount", rate.path("fixed_amount").path("amount").asLong())
                    .set("shipping_rate", rate.path("id"));
        }
        made.forEach(rate -> store.put(Kind.SHIPPING_RATE, rate));
        var _ = choose(session, shown.path(0).path("shipping_rate").asString());
    }

    private static void readCountries(Params params, ObjectNode session) {
        if (!params.isNested("shipping_address_collection")) {
            params.text("shipping_address_collection");
            return;
        }
        Params given = params.child("shipping_address_collection").orElseThrow();
        List<String> countries = given.texts("allowed_countries");
        if (countries.isEmpty()) {
            throw Refusal.missing(given.nameOf("allowed_countries"));
        }
        var allowed =
                session.putObject("shipping_address_collection").putArray("allowed_countries");
        for (String country : countries) {
            if (!Words.isCountry(country)) {
                throw Refusal.of(
                        null,
                        given.nameOf("allowed_countries"),
                        "Invalid country: %s.".formatted(country));
            }
            allowed.add(country);
        }
    }

    private ObjectNode rate(Params option, List<ObjectNode> made) {
        boolean inline = option.has("shipping_rate_data");
        if (inline == option.has("shipping_rate")) {
            throw Refusal.of(
                    "parameter_missing",
                    option.nameOf("shipping_rate"),
                    "You must specify either `shipping_rate` or `shipping_rate_data`.");
        }
        if (inline) {
            ObjectNode rate =
                    ShippingRates.draft(store, option.child("shipping_rate_data").orElseThrow());
            made.add(rate);
            return rate;
        }
        String name = option.nameOf("shipping_rate");
        ObjectNode rate =
                store.referred(Kind.SHIPPING_RATE, option.required("shipping_rate"), name);
        if (!rate.path("active").asBoolean()) {
            throw Refusal.of(null, name, "This shipping rate is not active.");
        }
        return rate;
    }

    private static void requireCurrency(ObjectNode rate, ObjectNode session, Params option) {
        if (!rate.path("fixed_amount").path("currency").equals(session.path("currency"))) {
            throw Refusal.of(
                    null,
                    option.nameOf("shipping_rate"),
                    "The shipping rate must be in the currency of the line items.");
        }
    }

    /** The buyer's choice; false for anything but one of the session's own options. */
    boolean choose(ObjectNode session, String rateId) {
        for (JsonNode option : session.path("shipping_options")) {
            if (option.path("shipping_rate").asString().equals(rateId)) {
                long amount = option.path("shipping_amount").asLong();
                session.putObject("shipping_cost")
                        .put("amount_subtotal", amount)
                        .put("amount_tax", 0)
                        .put("amount_total", amount)
                        .put("shipping_rate", rateId);
                return true;
            }
        }
        return false;
    }

    /** Where the buyer wants it delivered, if the shop asks and delivers there. */
    static boolean delivers(JsonNode session, String country) {
        return Json.texts(session.path("shipping_address_collection").path("allowed_countries"))
                .contains(country);
    }

    static boolean asksWhere(JsonNode session) {
        return session.path("shipping_address_collection").isObject();
    }
}
