package com.comptappart.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines of invoices. Kept lines remember, under names that begin with an underscore, what their
 * tax is computed from; {@link #shown} leaves that out.
 */
final class InvoiceLines {

    static final String RATES = "_tax_rates";
    static final String PRICE = "_price";
    private static final int MOST_SHOWN_INSIDE = 10;
    private static final int DECIMALS = 12;

    private final Store store;

    InvoiceLines(Store store) {
        this.store = store;
    }

    /** What an item of a subscription costs for a period: a line per tier. */
    List<ObjectNode> ofItem(ObjectNode subscription, JsonNode item, Period period, boolean trial) {
        long quantity = item.path("quantity").asLong(1);
        JsonNode price = item.path("price");
        var lines = new ArrayList<ObjectNode>();
        for (PriceShare share : PriceShare.of(store, price, quantity)) {
            ObjectNode line = blank(subscription);
            long amount = trial ? 0 : share.amount();
            line.put("amount", amount);
            line.put("description", trial ? trialWords(price) : words(share, price));
            line.set("period", period.json());
            setQuantity(line, share.quantity());
            setPricing(line, price, BigDecimal.valueOf(trial ? 0 : share.unitAmount()));
            var parent = line.putObject("parent");
            parent.putNull("invoice_item_details");
            parent.putObject("subscription_item_details")
                    .putNull("invoice_item")
                    .put("proration", false)
                    .putNull("proration_details")
                    .put("subscription", subscription.path("id").asString())
                    .put("subscription_item", item.path("id").asString());
            parent.put("type", "subscription_item_details");
            line.set("subscription", subscription.path("id"));
            line.set(RATES, rates(item.path("tax_rates"), subscription.path("default_tax_rates")));
            lines.add(line);
        }
        return lines;
    }

    /** A pending invoice item that an invoice takes up. */
    ObjectNode ofInvoiceItem(ObjectNode item, JsonNode defaultRates) {
        ObjectNode line = blank(item);
        for (String name : List.of("amount", "description", "discountable", "period", "metadata")) {
            line.set(name, item.path(name).deepCopy());
        }
        setQuantity(line, item.path("quantity").asLong(1));
        line.set("pricing", item.path("pricing").deepCopy());
        line.set(PRICE, item.path(PRICE).isMissingNode() ? Json.object() : item.path(PRICE));
        JsonNode details = item.path("parent").path("subscription_details");
        String subscription = details.path("subscription").asStringOpt().orElse(null);
        boolean prorated = item.path("proration").asBoolean();
        line.put("subscription", subscription);
        var parent = line.putObject("parent");
        if (prorated) {
            parent.putNull("invoice_item_details");
            String subscriptionItem = details.path("subscription_item").asString("");
            var proration = parent.putObject("subscription_item_details");
            proration
                    .put("invoice_item", item.path("id").asString())
                    .put("proration", true)
                    .putObject("proration_details")
                    .set(
                            "credited_items",
                            item.path("amount").asLong() < 0
                                    ? credited(subscription, subscriptionItem)
                                    : NullNode.getInstance());
            proration.put("subscription", subscription).put("subscription_item", subscriptionItem);
        } else {
            parent.putObject("invoice_item_details")
                    .put("invoice_item", item.path("id").asString())
                    .put("proration", false)
                    .putNull("proration_details")
                    .put("subscription", subscription);
            parent.putNull("subscription_item_details");
        }
        parent.put("type", (prorated ? "subscription" : "invoice") + "_item_details");
        line.set(RATES, rates(item.path("tax_rates"), defaultRates));
        return line;
    }

    /** The newest lines that charged an item of a subscription: what a proration gives back. */
    private JsonNode credited(@Nullable String subscription, String subscriptionItem) {
        for (ObjectNode invoice : store.newestFirst(Kind.INVOICE)) {
            if (!InvoiceDrafts.subscriptionOf(invoice).equals(subscription)) {
                continue;
            }
            var charged = Json.array();
            for (ObjectNode line : store.lineItems(invoice.path("id").asString())) {
                String item =
                        line.path("parent")
                                .path("subscription_item_details")
                                .path("subscription_item")
                                .asString("");
                if (item.equals(subscriptionItem) && line.path("amount").asLong() > 0) {
                    charged.add(line.path("id").asString());
                }
            }
            if (!charged.isEmpty()) {
                var credited = Json.object();
                credited.set("invoice", invoice.path("id"));
                credited.set("invoice_line_items", charged);
                return credited;
            }
        }
        return NullNode.getInstance();
    }

    /** A bought line of a session, on the invoice that was asked for. */
    ObjectNode ofSessionItem(ObjectNode item, JsonNode rates, long now) {
        ObjectNode line = blank(item);
        line.set("amount", item.path("amount_subtotal"));
        line.set("description", item.path("description"));
        line.set("period", new Period(now, now).json());
        setQuantity(line, item.path("quantity").asLong(1));
        setPricing(
                line,
                item.path("price"),
                BigDecimal.valueOf(item.path("price").path("unit_amount").asLong()));
        line.set(RATES, rates.isArray() ? rates : Json.array());
        return line;
    }

    void put(ObjectNode invoice, List<ObjectNode> lines) {
        lines.forEach(line -> line.set("invoice", invoice.path("id")));
        store.putLineItems(invoice.path("id").asString(), lines);
    }

    List<ObjectNode> of(JsonNode invoice) {
        return store.lineItems(invoice.path("id").asString());
    }

    static void show(ObjectNode invoice, List<ObjectNode> lines) {
        List<ObjectNode> first =
                lines.stream().limit(MOST_SHOWN_INSIDE).map(InvoiceLines::shown).toList();
        invoice.set(
                "lines",
                Page.list(
                        "/v1/invoices/" + invoice.path("id").asString() + "/lines",
                        first,
                        lines.size() > first.size()));
    }

    static ObjectNode shown(ObjectNode line) {
        ObjectNode copy = line.deepCopy();
        copy.remove(List.of(RATES, PRICE));
        return copy;
    }

    static void setPricing(ObjectNode of, JsonNode price, BigDecimal unitAmount) {
        var pricing = of.putObject("pricing");
        pricing.putObject("price_details")
                .put("price", price.path("id").asString())
                .put("product", price.path("product").asString());
        pricing.put("type", "price_details");
        pricing.put("unit_amount_decimal", plain(unitAmount));
        of.set(PRICE, price.deepCopy());
    }

    /** An amount per unit when only the whole amount is known. */
    static BigDecimal perUnit(long amount, long quantity) {
        return BigDecimal.valueOf(amount)
                .divide(BigDecimal.valueOf(Math.max(1, quantity)), DECIMALS, RoundingMode.HALF_UP);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static void setQuantity(ObjectNode line, long quantity) {
        line.put("quantity", quantity);
        line.put("quantity_decimal", String.valueOf(quantity));
    }

    private static JsonNode rates(JsonNode own, JsonNode defaults) {
        JsonNode used = own.isArray() && !own.isEmpty() ? own : defaults;
        return used.isArray() ? used.deepCopy() : Json.array();
    }

    private String words(PriceShare share, JsonNode price) {
        String unit = money(share.unitAmount(), price.path("currency").asString());
        String tier = share.note().isEmpty() ? "" : share.note() + " ";
        return "%d × %s (%sat %s / %s)"
                .formatted(share.quantity(), name(price), tier, unit, every(price));
    }

    private String trialWords(JsonNode price) {
        return "Trial period for " + name(price);
    }

    String name(JsonNode price) {
        return store.find(Kind.PRODUCT, price.path("product").asString())
                .map(product -> product.path("name").asString())
                .orElse("");
    }

    static String money(long amount, String currency) {
        return Amounts.text(amount, currency, Locale.UK);
    }

    private static String every(JsonNode price) {
        JsonNode recurring = price.path("recurring");
        long count = recurring.path("interval_count").asLong(1);
        String interval = recurring.path("interval").asString("");
        return count == 1 ? interval : "every %d %ss".formatted(count, interval);
    }

    private static ObjectNode blank(JsonNode of) {
        ObjectNode line =
                Json.object(
                        """
                        {"id": "", "object": "line_item", "amount": 0, "currency": "", "description": null,
                         "discount_amounts": [], "discountable": true, "discounts": [], "invoice": null,
                         "livemode": false, "metadata": {}, "parent": null, "period": null,
                         "pretax_credit_amounts": [], "pricing": null, "quantity": 1,
                         "quantity_decimal": "1", "subscription": null, "subtotal": 0, "taxes": []}
                        """);
        line.put("id", Kind.INVOICE_LINE.newId());
        line.put("currency", of.path("currency").asString());
        return line;
    }
}
