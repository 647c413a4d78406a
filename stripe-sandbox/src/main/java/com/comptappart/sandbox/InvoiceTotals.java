package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The sums of an invoice: discounts by line, then tax by line, then what is due. */
final class InvoiceTotals {

    private final Store store;
    private final Discounts discounts;
    private final AutomaticTax automaticTax;

    InvoiceTotals(Store store, Discounts discounts) {
        this.store = store;
        this.discounts = discounts;
        this.automaticTax = new AutomaticTax(store);
    }

    /** Fills in the lines and the invoice, from the lines' amounts and the invoice's discounts. */
    void compute(ObjectNode invoice, List<ObjectNode> lines) {
        var moneys = new ArrayList<LineMoney>();
        for (ObjectNode line : lines) {
            moneys.add(
                    new LineMoney(
                            line.path("amount").asLong(),
                            line.path(InvoiceLines.PRICE).path("product").asString(""),
                            line.path("discountable").asBoolean()));
        }
        discounts.reductions(invoice.path("discounts")).forEach(off -> off.apply(moneys));
        AutomaticTax.Buyer buyer = buyer(invoice);
        for (int i = 0; i < lines.size(); i++) {
            tax(invoice, lines.get(i), moneys.get(i), buyer);
            fill(lines.get(i), moneys.get(i));
        }
        sum(invoice, moneys, delivery(invoice, buyer));
        InvoiceLines.show(invoice, lines);
    }

    private AutomaticTax.Buyer buyer(ObjectNode invoice) {
        return store.find(Kind.CUSTOMER, invoice.path("customer").asString(""))
                .map(customer -> AutomaticTax.Buyer.of(store, customer))
                .orElseGet(() -> new AutomaticTax.Buyer("", "none", false));
    }

    private void tax(
            ObjectNode invoice, ObjectNode line, LineMoney money, AutomaticTax.Buyer buyer) {
        var automatic = (ObjectNode) invoice.path("automatic_tax");
        if (automatic.path("enabled").asBoolean()) {
            automatic.put("provider", "stripe");
            automatic.put("status", buyer.isSomewhere() ? "complete" : "requires_location_inputs");
            money.tax(
                    automaticTax.on(
                            money.net(),
                            line.path(InvoiceLines.PRICE),
                            invoice.path("currency").asString(),
                            buyer));
            return;
        }
        money.tax(TaxShare.of(money.net(), rates(line.path(InvoiceLines.RATES)), "not_available"));
    }

    private static List<ObjectNode> rates(JsonNode whole) {
        var rates = new ArrayList<ObjectNode>();
        whole.forEach(rate -> rates.add((ObjectNode) rate));
        return rates;
    }

    private static void fill(ObjectNode line, LineMoney money) {
        line.put("subtotal", money.amount());
        showDiscounts(line, "discount_amounts", "pretax_credit_amounts", money.discounts());
        var taxes = line.putArray("taxes");
        money.taxes().forEach(tax -> taxes.add(tax.onInvoice()));
    }

    /** What a session's delivery costs: no line, but in the total and its taxes. */
    private LineMoney delivery(ObjectNode invoice, AutomaticTax.Buyer buyer) {
        JsonNode cost = invoice.path("shipping_cost");
        var money = new LineMoney(cost.path("amount_subtotal").asLong(0), "", false);
        if (cost.isObject() && invoice.path("automatic_tax").path("enabled").asBoolean()) {
            ObjectNode rate = store.get(Kind.SHIPPING_RATE, cost.path("shipping_rate").asString());
            String currency = invoice.path("currency").asString();
            money.tax(automaticTax.on(money.net(), rate, currency, buyer));
        }
        return money;
    }

    private static void sum(ObjectNode invoice, List<LineMoney> lines, LineMoney delivery) {
        long subtotal = lines.stream().mapToLong(LineMoney::amount).sum();
        long total = lines.stream().mapToLong(LineMoney::total).sum() + delivery.total();
        long tax = lines.stream().mapToLong(LineMoney::tax).sum() + delivery.tax();
        long within = lines.stream().mapToLong(LineMoney::inclusiveTax).sum();
        var taken = new LinkedHashMap<String, Long>();
        var taxes = new LinkedHashMap<String, ObjectNode>();
        for (LineMoney line : lines) {
            line.discounts().forEach((id, off) -> taken.merge(id, off, Long::sum));
            line.taxes().forEach(share -> add(taxes, share));
        }
        delivery.taxes().forEach(share -> add(taxes, share));
        invoice.put("amount_shipping", delivery.amount());
        invoice.put("subtotal", subtotal);
        invoice.put("subtotal_excluding_tax", subtotal - within);
        invoice.put("total", total);
        invoice.put("total_excluding_tax", total - tax);
        showDiscounts(invoice, "total_discount_amounts", "total_pretax_credit_amounts", taken);
        ArrayNode all = invoice.putArray("total_taxes");
        taxes.values().forEach(all::add);
        long due = Math.max(0, total + invoice.path("starting_balance").asLong());
        invoice.put("amount_due", due);
        invoice.put("amount_remaining", due - invoice.path("amount_paid").asLong());
    }

    private static void add(Map<String, ObjectNode> taxes, TaxShare share) {
        ObjectNode one = share.onInvoice();
        String key = one.path("tax_rate_details").path("tax_rate").asString() + share.reason();
        ObjectNode sum = taxes.get(key);
        if (sum == null) {
            taxes.put(key, one);
            return;
        }
        for (String name : List.of("amount", "taxable_amount")) {
            sum.put(name, sum.path(name).asLong() + one.path(name).asLong());
        }
    }

    private static void showDiscounts(
            ObjectNode on, String field, String credits, Map<String, Long> taken) {
        var amounts = on.putArray(field);
        var pretax = on.putArray(credits);
        taken.forEach((id, off) -> {
            amounts.addObject().put("amount", off).put("discount", id);
            pretax.addObject().put("amount", off).put("discount", id).put("type", "discount");
        });
    }
}
