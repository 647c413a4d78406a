package com.comptappart.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The lines of a credit note: parts of an invoice's lines, or amounts of their own. */
final class CreditNoteLines {

    private final Store store;
    private final InvoiceLines invoiceLines;

    CreditNoteLines(Store store, InvoiceLines invoiceLines) {
        this.store = store;
        this.invoiceLines = invoiceLines;
    }

    List<ObjectNode> read(Params params, ObjectNode invoice) {
        List<Params> given = params.childrenOf("lines");
        OptionalLong amount = params.integer("amount");
        if (given.isEmpty() == amount.isEmpty()) {
            throw Refusal.of(null, null, "You must pass exactly one of `amount` and `lines`.");
        }
        var lines = new ArrayList<ObjectNode>();
        for (Params one : given) {
            boolean custom =
                    one.oneOf("type", "invoice_line_item", "custom_line_item")
                            .orElseThrow(() -> Refusal.missing(one.nameOf("type")))
                            .equals("custom_line_item");
            lines.add(custom ? custom(one) : ofInvoice(one, invoice));
        }
        amount.ifPresent(whole -> lines.add(ofAmount(whole)));
        return lines;
    }

    private static ObjectNode ofAmount(long amount) {
        ObjectNode line = blank("custom_line_item", positive(amount, "amount"));
        line.put("quantity", 1);
        line.put("unit_amount", amount);
        line.put("unit_amount_decimal", String.valueOf(amount));
        return line;
    }

    private ObjectNode custom(Params given) {
        long quantity = positive(given.integer("quantity").orElse(1), given.nameOf("quantity"));
        long unit =
                given.integer("unit_amount")
                        .orElseThrow(() -> Refusal.missing(given.nameOf("unit_amount")));
        long amount = Math.multiplyExact(positive(unit, given.nameOf("unit_amount")), quantity);
        ObjectNode line = blank("custom_line_item", amount);
        line.put("description", given.required("description"));
        line.put("quantity", quantity);
        line.put("unit_amount", unit);
        line.put("unit_amount_decimal", String.valueOf(unit));
        List<ObjectNode> rates = TaxRates.read(store, given, "tax_rates");
        var shown = line.putArray("tax_rates");
        rates.forEach(rate -> shown.add(rate.deepCopy()));
        var taxes = line.putArray("taxes");
        TaxShare.of(amount, rates, "not_available").forEach(share -> taxes.add(share.onInvoice()));
        return line;
    }

    private ObjectNode ofInvoice(Params given, ObjectNode invoice) {
        String id = given.required("invoice_line_item");
        ObjectNode of =
                invoiceLines.of(invoice).stream()
                        .filter(line -> line.path("id").asString().equals(id))
                        .findFirst()
                        .orElseThrow(() ->
                                Refusal.noSuchParam(
                                        Kind.INVOICE_LINE, id, given.nameOf("invoice_line_item")));
        OptionalLong quantity = given.integer("quantity");
        OptionalLong asked = given.integer("amount");
        if (quantity.isEmpty() == asked.isEmpty()) {
            throw Refusal.of(
                    null,
                    given.nameOf("quantity"),
                    "You must pass exactly one of `quantity` and `amount` for an invoice_line_item.");
        }
        long whole = of.path("amount").asLong();
        long amount =
                asked.isPresent()
                        ? asked.getAsLong()
                        : part(whole, quantity.getAsLong(), of.path("quantity").asLong(1));
        if (amount < 1 || amount + creditedBefore(id) > whole) {
            throw Refusal.of(
                    null,
                    given.nameOf("amount"),
                    "Of line %s, at most %d is left to credit."
                            .formatted(id, Math.max(0, whole - creditedBefore(id))));
        }
        ObjectNode line = blank("invoice_line_item", amount);
        line.put("invoice_line_item", id);
        line.set("description", of.path("description"));
        line.put("quantity", quantity.isPresent() ? (Long) quantity.getAsLong() : null);
        share(of, line, amount, whole);
        return line;
    }

    /** Discounts and taxes of the invoice's line, pro rata. */
    private static void share(ObjectNode of, ObjectNode line, long amount, long whole) {
        long discounted = 0;
        for (JsonNode off : of.path("discount_amounts")) {
            long share = part(off.path("amount").asLong(), amount, whole);
            discounted += share;
            line.withArray("discount_amounts")
                    .addObject()
                    .put("amount", share)
                    .set("discount", off.path("discount"));
            line.withArray("pretax_credit_amounts")
                    .addObject()
                    .put("amount", share)
                    .put("type", "discount")
                    .set("discount", off.path("discount"));
        }
        line.put("discount_amount", discounted);
        for (JsonNode tax : of.path("taxes")) {
            var copy = (ObjectNode) tax.deepCopy();
            copy.put("amount", part(tax.path("amount").asLong(), amount, whole));
            copy.put("taxable_amount", part(tax.path("taxable_amount").asLong(), amount, whole));
            line.withArray("taxes").add(copy);
        }
        of.path(InvoiceLines.RATES)
                .forEach(rate -> line.withArray("tax_rates").add(rate.deepCopy()));
    }

    private long creditedBefore(String invoiceLine) {
        return store.newestFirst(Kind.CREDIT_NOTE).stream()
                .filter(note -> note.path("status").asString().equals("issued"))
                .flatMap(note -> store.lineItems(note.path("id").asString()).stream())
                .filter(line -> line.path("invoice_line_item").asString("").equals(invoiceLine))
                .mapToLong(line -> line.path("amount").asLong())
                .sum();
    }

    private static ObjectNode blank(String type, long amount) {
        ObjectNode line =
                Json.object(
                        """
                        {"id": "", "object": "credit_note_line_item", "amount": 0, "description": null,
                         "discount_amount": 0, "discount_amounts": [], "livemode": false, "metadata": {},
                         "pretax_credit_amounts": [], "quantity": null, "tax_rates": [], "taxes": [],
                         "type": "", "unit_amount": null, "unit_amount_decimal": null}
                        """);
        line.put("id", Kind.CREDIT_NOTE_LINE.newId());
        line.put("amount", amount);
        line.put("type", type);
        return line;
    }

    private static long positive(long number, String param) {
        if (number < 1) {
            throw Refusal.of(
                    "parameter_invalid_integer",
                    param,
                    "This value must be greater than or equal to 1.");
        }
        return number;
    }

    private static long part(long of, long numerator, long denominator) {
        return BigDecimal.valueOf(of)
                .multiply(BigDecimal.valueOf(numerator))
                .divide(BigDecimal.valueOf(Math.max(1, denominator)), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
