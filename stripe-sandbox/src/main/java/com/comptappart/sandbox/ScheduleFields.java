package com.comptappart.sandbox;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a schedule is asked to do: its phases, each with its items, one after the other. */
final class ScheduleFields {

    private static final int MOST_PHASES = 10;
    private static final int MOST_ITEMS = 20;
    private static final long MOST_ITERATIONS = 120;
    private static final long MOST_QUANTITY = 999_999;

    private final Store store;

    ScheduleFields(Store store) {
        this.store = store;
    }

    void apply(Params params, ObjectNode schedule) {
        params.oneOf("end_behavior", "release", "cancel")
                .ifPresent(how -> schedule.put("end_behavior", how));
        params.child("billing_mode").ifPresent(mode -> mode.oneOf("type", "flexible"));
        params.metadataInto((ObjectNode) schedule.path("metadata"));
    }

    void setPhases(Params params, ObjectNode schedule, long start) {
        List<Params> given = params.childrenOf("phases");
        if (given.isEmpty()) {
            throw Refusal.missing("phases");
        }
        if (given.size() > MOST_PHASES) {
            throw Refusal.of(
                    null,
                    "phases",
                    "A schedule can have at most %d phases.".formatted(MOST_PHASES));
        }
        var phases = Json.array();
        long from = start;
        for (Params one : given) {
            ObjectNode phase = phase(one, from);
            phases.add(phase);
            from = phase.path("end_date").asLong();
        }
        schedule.set("phases", phases);
    }

    private ObjectNode phase(Params given, long from) {
        ObjectNode phase = blankPhase();
        List<Params> items = given.childrenOf("items");
        if (items.isEmpty() || items.size() > MOST_ITEMS) {
            throw Refusal.of(
                    null,
                    given.nameOf("items"),
                    "A phase has from 1 to %d items.".formatted(MOST_ITEMS));
        }
        var kept = phase.putArray("items");
        ObjectNode first = price(items.getFirst());
        for (Params item : items) {
            kept.add(item(item));
        }
        phase.set("currency", first.path("currency"));
        given.filled("currency")
                .map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> !text.equals(first.path("currency").asString()))
                .ifPresent(_ -> {
                    throw Refusal.of(
                            null, given.nameOf("currency"), "The prices have another currency.");
                });
        given.integer("start_date").ifPresent(at -> requireStart(given, at, from));
        phase.put("start_date", from);
        phase.put("end_date", end(given, from, first.path("recurring")));
        given.oneOf("proration_behavior", "create_prorations", "none", "always_invoice")
                .ifPresent(how -> phase.put("proration_behavior", how));
        given.metadataInto((ObjectNode) phase.path("metadata"));
        return phase;
    }

    private static void requireStart(Params given, long at, long from) {
        if (at != from) {
            throw Refusal.of(
                    null,
                    given.nameOf("start_date"),
                    "This phase must start at %d, where the one before it ends.".formatted(from));
        }
    }

    private static long end(Params given, long from, JsonNode recurring) {
        if (given.has("end_date")) {
            long end = given.integer("end_date").orElseThrow();
            if (end <= from) {
                throw Refusal.of(
                        null, given.nameOf("end_date"), "A phase must end after it starts.");
            }
            return end;
        }
        if (given.has("duration")) {
            Params duration = given.child("duration").orElseThrow();
            var step = Json.object();
            step.put(
                    "interval",
                    duration.oneOf("interval", "day", "week", "month", "year")
                            .orElseThrow(() -> Refusal.missing(duration.nameOf("interval"))));
            step.put("interval_count", duration.integer("interval_count").orElse(1));
            return Period.around(from, from, step).end();
        }
        long iterations = given.integer("iterations").orElse(1);
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw Refusal.of(
                    "parameter_invalid_integer",
                    given.nameOf("iterations"),
                    "Invalid iterations: must be from 1 to %d.".formatted(MOST_ITERATIONS));
        }
        long end = from;
        for (long i = 0; i < iterations; i++) {
            end = Period.around(end, from, recurring).end();
        }
        return end;
    }

    private ObjectNode price(Params item) {
        String name = item.has("plan") ? "plan" : "price";
        if (item.has("price_data")) {
            throw Refusal.notImitated(item.nameOf("price_data"), "inline prices of phases");
        }
        ObjectNode price = store.referred(Kind.PRICE, item.required(name), item.nameOf(name));
        if (!price.path("recurring").isObject()) {
            throw Refusal.of(null, item.nameOf(name), "A phase needs prices that recur.");
        }
        return price;
    }

    private ObjectNode item(Params given) {
        ObjectNode item = blankItem();
        ObjectNode price = price(given);
        item.set("plan", price.path("id"));
        item.set("price", price.path("id"));
        long quantity = given.integer("quantity").orElse(1);
        if (quantity < 0 || quantity > MOST_QUANTITY) {
            throw Refusal.of(
                    "parameter_invalid_integer",
                    given.nameOf("quantity"),
                    "Invalid quantity: must be from 0 to %d.".formatted(MOST_QUANTITY));
        }
        item.put("quantity", quantity);
        given.metadataInto((ObjectNode) item.path("metadata"));
        return item;
    }

    /** One phase: the period that a subscription is in. */
    void setPhaseOf(ObjectNode subscription, ObjectNode schedule) {
        ObjectNode phase = blankPhase();
        var items = phase.putArray("items");
        for (ObjectNode item : SubscriptionItems.of(subscription)) {
            ObjectNode shown = blankItem();
            shown.set("plan", item.path("price").path("id"));
            shown.set("price", item.path("price").path("id"));
            shown.set("quantity", item.path("quantity"));
            items.add(shown);
        }
        Period period = SubscriptionItems.periodOf(subscription);
        phase.set("currency", subscription.path("currency"));
        phase.put("start_date", period.start());
        phase.put("end_date", period.end());
        schedule.putArray("phases").add(phase);
        schedule.put("status", "active");
        schedule.putObject("current_phase")
                .put("end_date", period.end())
                .put("start_date", period.start());
    }

    private static ObjectNode blankItem() {
        return Json.object(
                """
                {"billing_thresholds": null, "discounts": [], "metadata": {}, "plan": "", "price": "",
                 "quantity": 1, "tax_rates": []}
                """);
    }

    private static ObjectNode blankPhase() {
        return Json.object(
                """
                {"add_invoice_items": [], "application_fee_percent": null, "billing_cycle_anchor": null,
                 "billing_thresholds": null, "collection_method": null, "currency": "",
                 "default_payment_method": null, "default_tax_rates": [], "description": null,
                 "discounts": [], "end_date": 0, "invoice_settings": null, "items": [], "metadata": {},
                 "on_behalf_of": null, "proration_behavior": "create_prorations", "start_date": 0,
                 "transfer_data": null, "trial_end": null}
                """);
    }

    static ObjectNode blank(ObjectNode customer, long now) {
        ObjectNode schedule =
                Json.object(
                        """
                        {"id": "", "object": "subscription_schedule", "application": null,
                         "billing_mode": {"flexible": {"proration_discounts": "included"}, "type": "flexible"},
                         "canceled_at": null, "completed_at": null, "created": 0, "current_phase": null,
                         "customer": "", "customer_account": null,
                         "default_settings": {"application_fee_percent": null,
                           "automatic_tax": {"disabled_reason": null, "enabled": false, "liability": null},
                           "billing_cycle_anchor": "automatic", "billing_thresholds": null,
                           "collection_method": "charge_automatically", "default_payment_method": null,
                           "description": null,
                           "invoice_settings": {"account_tax_ids": null, "custom_fields": null,
                             "days_until_due": null, "description": null, "footer": null,
                             "issuer": {"type": "self"}},
                           "on_behalf_of": null, "transfer_data": null},
                         "end_behavior": "release", "livemode": false, "metadata": {},
                         "pause_schedules": [], "phases": [], "released_at": null,
                         "released_subscription": null, "status": "not_started", "subscription": null,
                         "test_clock": null}
                        """);
        schedule.put("id", Kind.SUBSCRIPTION_SCHEDULE.newId());
        schedule.put("created", now);
        schedule.set("customer", customer.path("id"));
        schedule.set("test_clock", customer.path("test_clock"));
        return schedule;
    }
}
