package com.comptappart.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A credit note that is being written: read, summed and checked, but not kept. */
final class NewCreditNote {

    /** The note with all its lines, and how its money goes back. */
    record Wanted(
            ObjectNode invoice,
            ObjectNode note,
            List<ObjectNode> lines,
            CreditPayout.Shares shares) {
        Wanted {
            lines = List.copyOf(lines);
        }

        boolean isAfterPayment() {
            return InvoiceLife.isStatus(invoice, "paid");
        }
    }

    private static final int MOST_SHOWN_INSIDE = 10;

    private final Store store;
    private final CreditNoteLines lines;
    private final CreditPayout payout;
    private final String baseUrl;

    NewCreditNote(Store store, InvoiceParts parts, CreditPayout payout, String baseUrl) {
        this.store = store;
        this.lines = new CreditNoteLines(store, parts.lines());
        this.payout = payout;
        this.baseUrl = baseUrl;
    }

    Wanted of(Params params) {
        ObjectNode invoice = store.referred(Kind.INVOICE, params.required("invoice"), "invoice");
        boolean paid = InvoiceLife.isStatus(invoice, "paid");
        if (!paid && !InvoiceLife.isStatus(invoice, "open")) {
            throw Refusal.of(
                    null,
                    "invoice",
                    "Credit notes can only be created for open or paid invoices. This one is `%s`."
                            .formatted(invoice.path("status").asString()));
        }
        ObjectNode note = blank(invoice);
        note.put("type", paid ? "post_payment" : "pre_payment");
        describe(params, note);
        List<ObjectNode> credited = lines.read(params, invoice);
        CreditPayout.Shares shares = payout.read(params, invoice);
        params.refuseUnread();
        sum(note, credited);
        long total = note.path("total").asLong();
        requireLeft(invoice, total, paid);
        payout.check(shares, invoice, total, paid);
        note.put(paid ? "post_payment_amount" : "pre_payment_amount", total);
        shares.outOfBand().ifPresent(amount -> note.put("out_of_band_amount", amount));
        return new Wanted(invoice, note, credited, shares);
    }

    void payOut(Wanted wanted, Cause cause) {
        payout.pay(wanted.shares(), wanted.invoice(), wanted.note(), cause);
    }

    private void describe(Params params, ObjectNode note) {
        params.filled("memo").ifPresent(memo -> note.put("memo", memo));
        params.oneOf("reason", "duplicate", "fraudulent", "order_change", "product_unsatisfactory")
                .ifPresent(reason -> note.put("reason", reason));
        params.oneOf("email_type", "credit_note", "none");
        note.put("effective_at", params.integer("effective_at").orElse(store.now()));
        params.metadataInto((ObjectNode) note.path("metadata"));
    }

    /** Never more than is still owed, or was paid and not yet credited. */
    private static void requireLeft(ObjectNode invoice, long total, boolean paid) {
        long left =
                paid
                        ? invoice.path("amount_paid").asLong()
                                - invoice.path("post_payment_credit_notes_amount").asLong()
                        : invoice.path("amount_remaining").asLong();
        if (total > left) {
            throw Refusal.of(
                    null,
                    "amount",
                    "The credit note's total (%d) is more than what is left of the invoice (%d)."
                            .formatted(total, left));
        }
    }

    private static void sum(ObjectNode note, List<ObjectNode> lines) {
        long subtotal = 0;
        long discounted = 0;
        long within = 0;
        long onTop = 0;
        var taxes = new LinkedHashMap<String, ObjectNode>();
        var discounts = new LinkedHashMap<String, Long>();
        for (ObjectNode line : lines) {
            subtotal += line.path("amount").asLong();
            discounted += line.path("discount_amount").asLong();
            for (JsonNode off : line.path("discount_amounts")) {
                discounts.merge(
                        off.path("discount").asString(), off.path("amount").asLong(), Long::sum);
            }
            for (JsonNode tax : line.path("taxes")) {
                boolean inclusive = tax.path("tax_behavior").asString().equals("inclusive");
                within += inclusive ? tax.path("amount").asLong() : 0;
                onTop += inclusive ? 0 : tax.path("amount").asLong();
                add(taxes, (ObjectNode) tax);
            }
        }
        long total = subtotal - discounted + onTop;
        note.put("subtotal", subtotal);
        note.put("subtotal_excluding_tax", subtotal - within);
        note.put("discount_amount", discounted);
        note.put("total", total);
        note.put("amount", total);
        note.put("total_excluding_tax", total - onTop - within);
        discounts.forEach((id, off) -> {
            note.withArray("discount_amounts").addObject().put("amount", off).put("discount", id);
            note.withArray("pretax_credit_amounts")
                    .addObject()
                    .put("amount", off)
                    .put("discount", id)
                    .put("type", "discount");
        });
        var all = note.putArray("total_taxes");
        taxes.values().forEach(all::add);
        String url = "/v1/credit_notes/%s/lines".formatted(note.path("id").asString());
        List<ObjectNode> first = lines.stream().limit(MOST_SHOWN_INSIDE).toList();
        note.set("lines", Page.list(url, first, lines.size() > first.size()));
    }

    private static void add(Map<String, ObjectNode> taxes, ObjectNode tax) {
        String rate = tax.path("tax_rate_details").path("tax_rate").asString("");
        String key = rate + tax.path("taxability_reason").asString("");
        ObjectNode sum = taxes.get(key);
        if (sum == null) {
            taxes.put(key, tax.deepCopy());
            return;
        }
        for (String name : List.of("amount", "taxable_amount")) {
            sum.put(name, sum.path(name).asLong() + tax.path(name).asLong());
        }
    }

    private ObjectNode blank(ObjectNode invoice) {
        ObjectNode note =
                Json.object(
                        """
                        {"id": "", "object": "credit_note", "amount": 0, "amount_shipping": 0, "created": 0,
                         "currency": "", "customer": "", "customer_account": null,
                         "customer_balance_transaction": null, "discount_amount": 0, "discount_amounts": [],
                         "effective_at": null, "invoice": "", "lines": null, "livemode": false, "memo": null,
                         "metadata": {}, "number": "", "out_of_band_amount": null, "pdf": "",
                         "post_payment_amount": 0, "pre_payment_amount": 0, "pretax_credit_amounts": [],
                         "reason": null, "refunds": [], "shipping_cost": null, "status": "issued",
                         "subtotal": 0, "subtotal_excluding_tax": 0, "total": 0, "total_excluding_tax": 0,
                         "total_taxes": [], "type": "", "voided_at": null}
                        """);
        String id = Kind.CREDIT_NOTE.newId();
        note.put("id", id);
        note.put("created", store.now());
        note.set("currency", invoice.path("currency"));
        note.set("customer", invoice.path("customer"));
        note.set("invoice", invoice.path("id"));
        long before =
                store.newestFirst(Kind.CREDIT_NOTE).stream()
                        .filter(other -> other.path("invoice").equals(invoice.path("id")))
                        .count();
        note.put(
                "number",
                String.format(
                        Locale.ROOT, "%s-CN-%02d", invoice.path("number").asString(), before + 1));
        note.put("pdf", "%s/credit_notes/%s/pdf".formatted(baseUrl, id));
        return note;
    }
}
