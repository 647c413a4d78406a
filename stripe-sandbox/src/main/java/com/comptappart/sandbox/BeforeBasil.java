package com.comptappart.sandbox;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What basil (2025-03-31) moved, back in its place: subscriptions, their payments and periods. */
final class BeforeBasil implements Shapes.Step {

    private final Store store;
    private final BeforeBasilLines lines;

    BeforeBasil(Store store) {
        this.store = store;
        this.lines = new BeforeBasilLines(store);
    }

    @Override
    public void reshape(String kind, ObjectNode object) {
        switch (kind) {
            case "invoice" -> invoice(object);
            case "line_item" -> lines.line(object);
            case "invoiceitem" -> lines.item(object);
            case "subscription" -> subscription(object);
            case "subscription_item" ->
                    object.remove(List.of("current_period_start", "current_period_end"));
            case "payment_intent" -> object.put("invoice", invoiceOf(object.path("id")));
            case "charge" -> object.put("invoice", invoiceOf(object.path("payment_intent")));
            case "credit_note" -> creditNote(object);
            case "credit_note_line_item" ->
                    BeforeBasilLines.taxAmounts(object, "taxes", "tax_amounts");
            case "checkout.session" -> {
                JsonNode shipping = object.path("collected_information").path("shipping_details");
                object.set("shipping_details", shipping.isMissingNode() ? null : shipping);
                object.remove("collected_information");
            }
            default -> {}
        }
    }

    private void invoice(ObjectNode invoice) {
        JsonNode details = invoice.path("parent").path("subscription_details");
        JsonNode subscription = details.path("subscription");
        invoice.set("subscription", subscription.isMissingNode() ? null : subscription);
        if (details.isObject()) {
            invoice.putObject("subscription_details").set("metadata", details.path("metadata"));
        } else {
            invoice.putNull("subscription_details");
        }
        invoice.putNull("quote");
        payment(invoice);
        long tax = 0;
        for (JsonNode share : invoice.path("total_taxes")) {
            tax += share.path("amount").asLong();
        }
        invoice.put("tax", invoice.path("total_taxes").isEmpty() ? null : (Long) tax);
        BeforeBasilLines.taxAmounts(invoice, "total_taxes", "total_tax_amounts");
        invoice.set("discount", firstDiscount(invoice));
        invoice.remove(
                List.of(
                        "parent",
                        "payments",
                        "amount_overpaid",
                        "total_pretax_credit_amounts",
                        "customer_account"));
    }

    /** A draft has no intent yet; what it gets later is not shown in what was told before. */
    private void payment(ObjectNode invoice) {
        boolean paid = InvoiceLife.isStatus(invoice, "paid");
        Optional<ObjectNode> intent =
                InvoiceLife.isStatus(invoice, "draft")
                        ? Optional.empty()
                        : payments("invoice", invoice.path("id"))
                                .map(InvoicePayments::intentOf)
                                .flatMap(id -> store.find(Kind.PAYMENT_INTENT, id));
        boolean byCard =
                intent.filter(i -> i.path("status").asString().equals("succeeded")).isPresent();
        invoice.put("paid", paid);
        invoice.put("paid_out_of_band", paid && !byCard && invoice.path("amount_due").asLong() > 0);
        invoice.put("payment_intent", intent.map(i -> i.path("id").asString()).orElse(null));
        invoice.put(
                "charge",
                intent.filter(_ -> invoice.path("attempted").asBoolean())
                        .flatMap(i -> i.path("latest_charge").asStringOpt())
                        .orElse(null));
    }

    private void subscription(ObjectNode subscription) {
        List<ObjectNode> items = SubscriptionItems.of(subscription);
        Period period = Period.of(items.getFirst());
        period.setOn(subscription);
        subscription.set("discount", firstDiscount(subscription));
        if (items.size() == 1) {
            subscription.set("plan", items.getFirst().path("plan").deepCopy());
            subscription.set("quantity", items.getFirst().path("quantity"));
        }
        subscription.remove("customer_account");
    }

    private @org.jspecify.annotations.Nullable JsonNode firstDiscount(ObjectNode owner) {
        for (JsonNode one : owner.path("discounts")) {
            return one.isObject()
                    ? one.deepCopy()
                    : store.find(Kind.DISCOUNT, one.asString())
                            .map(ObjectNode::deepCopy)
                            .orElse(null);
        }
        return null;
    }

    private @org.jspecify.annotations.Nullable String invoiceOf(JsonNode intent) {
        String id = intent.isObject() ? intent.path("id").asString() : intent.asString("");
        return store.newestFirst(Kind.INVOICE_PAYMENT).stream()
                .filter(payment -> InvoicePayments.intentOf(payment).equals(id))
                .map(payment -> payment.path("invoice").asString())
                .findFirst()
                .orElse(null);
    }

    private Optional<ObjectNode> payments(String field, JsonNode id) {
        return store.newestFirst(Kind.INVOICE_PAYMENT).stream()
                .filter(payment -> payment.path(field).equals(id))
                .findFirst();
    }

    private static void creditNote(ObjectNode note) {
        JsonNode refund = note.path("refunds").path(0).path("refund");
        note.set("refund", refund.isMissingNode() ? null : refund);
        BeforeBasilLines.taxAmounts(note, "total_taxes", "tax_amounts");
        note.remove(List.of("refunds", "pre_payment_amount", "post_payment_amount"));
    }
}
