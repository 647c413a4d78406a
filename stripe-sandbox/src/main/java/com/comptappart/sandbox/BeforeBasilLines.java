package com.comptappart.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Lines of invoices before basil: whole prices, their origin beside them, taxes by other names. */
final class BeforeBasilLines {

    private final Store store;

    BeforeBasilLines(Store store) {
        this.store = store;
    }

    void line(ObjectNode line) {
        JsonNode parent = line.path("parent");
        JsonNode details = parent.path(parent.path("type").asString(""));
        boolean byItem = details.path("invoice_item").isString();
        line.put("type", byItem ? "invoiceitem" : "subscription");
        if (byItem) {
            line.set("invoice_item", details.path("invoice_item"));
        }
        if (details.path("subscription_item").isString()) {
            line.set("subscription_item", details.path("subscription_item"));
        }
        line.put("proration", details.path("proration").asBoolean(false));
        JsonNode credited = details.path("proration_details").path("credited_items");
        line.putObject("proration_details")
                .set("credited_items", credited.isObject() ? credited : NullNode.getInstance());
        line.set("price", price(line));
        line.set("plan", plan(line));
        long within = 0;
        for (JsonNode tax : line.path("taxes")) {
            if (tax.path("tax_behavior").asString("").equals("inclusive")) {
                within += tax.path("amount").asLong();
            }
        }
        long net = line.path("amount").asLong() - within;
        line.put("amount_excluding_tax", net);
        line.put(
                "unit_amount_excluding_tax",
                InvoiceLines.perUnit(net, line.path("quantity").asLong(1))
                        .stripTrailingZeros()
                        .toPlainString());
        line.set("tax_rates", rates(line));
        taxAmounts(line, "taxes", "tax_amounts");
        line.remove(List.of("parent", "pricing", "subtotal", "pretax_credit_amounts"));
    }

    void item(ObjectNode item) {
        JsonNode details = item.path("parent").path("subscription_details");
        item.put("subscription", details.path("subscription").asStringOpt().orElse(null));
        if (details.path("subscription_item").isString()) {
            item.set("subscription_item", details.path("subscription_item"));
        }
        JsonNode unit = item.path("pricing").path("unit_amount_decimal");
        item.set("price", price(item));
        item.set("plan", plan(item));
        item.put("unit_amount", unit.asDecimal().longValue());
        item.set("unit_amount_decimal", unit);
        item.remove(List.of("parent", "pricing", "net_amount", "customer_account"));
    }

    /** {@code taxes} with a behaviour become {@code tax_amounts} that are inclusive or not. */
    static void taxAmounts(ObjectNode on, String newName, String oldName) {
        var old = Json.array();
        for (JsonNode tax : on.path(newName)) {
            var one = old.addObject();
            one.set("amount", tax.path("amount"));
            one.put("inclusive", tax.path("tax_behavior").asString("").equals("inclusive"));
            one.set("tax_rate", tax.path("tax_rate_details").path("tax_rate"));
            one.set("taxability_reason", tax.path("taxability_reason"));
            one.set("taxable_amount", tax.path("taxable_amount"));
        }
        on.remove(newName);
        on.set(oldName, old);
    }

    private JsonNode rates(ObjectNode line) {
        var rates = Json.array();
        for (JsonNode tax : line.path("taxes")) {
            boolean manual = tax.path("taxability_reason").asString("").equals("not_available");
            String id = tax.path("tax_rate_details").path("tax_rate").asString("");
            if (manual) {
                store.find(Kind.TAX_RATE, id).ifPresent(rate -> rates.add(rate.deepCopy()));
            }
        }
        return rates;
    }

    private @Nullable ObjectNode price(ObjectNode of) {
        JsonNode price = of.path("pricing").path("price_details").path("price");
        if (price instanceof ObjectNode whole) {
            return whole;
        }
        return store.find(Kind.PRICE, price.asString("")).map(ObjectNode::deepCopy).orElse(null);
    }

    private @Nullable ObjectNode plan(ObjectNode of) {
        ObjectNode price = price(of);
        return price == null || !price.path("recurring").isObject()
                ? null
                : SubscriptionItems.plan(price);
    }
}
