package com.comptappart.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a change within a period costs: the unused time of the old item back, the remaining time of
 * the new one on top, both in proportion to the seconds left and after percentages off.
 */
final class Prorations {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ENGLISH);

    private final Store store;
    private final InvoiceLines lines;
    private final PendingItems pending;
    private final Discounts discounts;

    Prorations(Store store, InvoiceLines lines, PendingItems pending, Discounts discounts) {
        this.store = store;
        this.lines = lines;
        this.pending = pending;
        this.discounts = discounts;
    }

    /** The items of both sides that differ, as invoice items that are not kept yet. */
    List<ObjectNode> between(
            ObjectNode subscription, List<ObjectNode> before, List<ObjectNode> after, long at) {
        var prorations = new ArrayList<ObjectNode>();
        for (ObjectNode old : before) {
            Optional<ObjectNode> now = sameItem(old, after);
            if (now.isEmpty() || differ(old, now.get())) {
                prorations.add(unused(subscription, old, at));
            }
        }
        for (ObjectNode now : after) {
            Optional<ObjectNode> old = sameItem(now, before);
            if (old.isEmpty() || differ(old.get(), now)) {
                Period period = Period.of(old.orElse(before.getFirst()));
                prorations.add(part(subscription, now, period, at, 1));
            }
        }
        return prorations;
    }

    ObjectNode unused(ObjectNode subscription, ObjectNode item, long at) {
        return part(subscription, item, Period.of(item), at, -1);
    }

    private ObjectNode part(
            ObjectNode subscription, ObjectNode item, Period period, long at, int sign) {
        long quantity = item.path("quantity").asLong(1);
        long whole = PriceShare.total(store, item.path("price"), quantity);
        for (Reduction off : discounts.reductions(subscription.path("discounts"))) {
            whole = off.left(whole);
        }
        long amount = sign * period.remainder(whole, at);
        ObjectNode customer = store.get(Kind.CUSTOMER, subscription.path("customer").asString());
        ObjectNode proration = pending.blank(customer, subscription.path("currency").asString());
        PendingItems.setAmount(proration, amount, quantity);
        proration.put("description", words(item, at, sign));
        proration.put("discountable", false);
        proration.put("proration", true);
        proration.set("period", new Period(Math.min(at, period.end()), period.end()).json());
        var parent = proration.putObject("parent");
        var details = parent.putObject("subscription_details");
        details.set("subscription", subscription.path("id"));
        details.set("subscription_item", item.path("id"));
        parent.put("type", "subscription_details");
        InvoiceLines.setPricing(
                proration, item.path("price"), InvoiceLines.perUnit(amount, quantity));
        JsonNode rates = item.path("tax_rates");
        proration.set(
                "tax_rates",
                rates.isEmpty()
                        ? subscription.path("default_tax_rates").deepCopy()
                        : rates.deepCopy());
        return proration;
    }

    private String words(ObjectNode item, long at, int sign) {
        long quantity = item.path("quantity").asLong(1);
        String what = lines.name(item.path("price"));
        String many = quantity == 1 ? what : quantity + " × " + what;
        String day = DAY.format(Instant.ofEpochSecond(at).atZone(ZoneOffset.UTC));
        return (sign < 0 ? "Unused time on %s after %s" : "Remaining time on %s after %s")
                .formatted(many, day);
    }

    private static Optional<ObjectNode> sameItem(ObjectNode item, List<ObjectNode> in) {
        return in.stream().filter(other -> other.path("id").equals(item.path("id"))).findFirst();
    }

    static boolean differ(JsonNode one, JsonNode other) {
        return !one.path("quantity").equals(other.path("quantity"))
                || !one.path("price").path("id").equals(other.path("price").path("id"));
    }
}
