package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The invoices that a subscription brings: what is on them, and how they set out. */
final class SubscriptionInvoices {

    /** An invoice and its lines, computed and not yet kept. */
    record Draft(ObjectNode invoice, List<ObjectNode> lines) {}

    private final Store store;
    private final InvoiceParts parts;
    private final InvoiceLife life;
    private final Discounts discounts;
    private final PendingItems pending;

    SubscriptionInvoices(
            Store store,
            InvoiceParts parts,
            InvoiceLife life,
            Discounts discounts,
            PendingItems pending) {
        this.store = store;
        this.parts = parts;
        this.life = life;
        this.discounts = discounts;
        this.pending = pending;
    }

    InvoiceLife life() {
        return life;
    }

    /** What the items cost in their period, and what waited for the next invoice. */
    Draft forPeriod(ObjectNode subscription, String reason, boolean trial) {
        Draft draft = empty(subscription, reason, true);
        addPending(draft, pending.waiting(subscription), true);
        addItems(draft, subscription, trial);
        return draft;
    }

    /** Only what waited: prorations that are invoiced at once. */
    Draft forPending(ObjectNode subscription) {
        Draft draft = empty(subscription, "subscription_update", false);
        addPending(draft, pending.waiting(subscription), true);
        return draft;
    }

    /** What an invoice would be: nothing is used up by looking. */
    Draft preview(
            ObjectNode subscription, List<ObjectNode> extra, boolean withItems, boolean trial) {
        Draft draft = emptyPreview(subscription);
        addPending(draft, pending.waiting(subscription), false);
        addPending(draft, extra, false);
        if (withItems) {
            addItems(draft, subscription, trial);
        }
        parts.totals().compute(draft.invoice(), draft.lines());
        return draft;
    }

    private Draft empty(ObjectNode subscription, String reason, boolean useUpDiscounts) {
        ObjectNode invoice = parts.drafts().forSubscription(subscription, reason);
        var ids = invoice.putArray("discounts");
        boolean own = !subscription.path("discounts").isEmpty();
        discounts.forNextInvoice(subscription, useUpDiscounts).forEach(ids::add);
        if (!own) {
            String customer = subscription.path("customer").asString();
            discounts
                    .ofCustomer(store.get(Kind.CUSTOMER, customer), useUpDiscounts)
                    .ifPresent(ids::add);
        }
        if (subscription.path("days_until_due").isNumber()) {
            long days = subscription.path("days_until_due").asLong();
            invoice.put("due_date", store.now() + days * 86_400);
        }
        return new Draft(invoice, new ArrayList<>());
    }

    private Draft emptyPreview(ObjectNode subscription) {
        Draft draft = empty(subscription, "upcoming", false);
        draft.invoice().put("id", Ids.random("upcoming_in_1", 23));
        return draft;
    }

    private void addItems(Draft draft, ObjectNode subscription, boolean trial) {
        for (ObjectNode item : SubscriptionItems.of(subscription)) {
            draft.lines().addAll(parts.lines().ofItem(subscription, item, Period.of(item), trial));
        }
    }

    private void addPending(Draft draft, List<ObjectNode> items, boolean take) {
        JsonNode rates = draft.invoice().path("default_tax_rates");
        for (ObjectNode item : items) {
            draft.lines().add(parts.lines().ofInvoiceItem(item, rates));
            if (take) {
                pending.take(item, draft.invoice());
            }
        }
    }

    /** Keeps the draft as the subscription's latest invoice. */
    ObjectNode keep(Draft draft, Cause cause) {
        return life.keep(draft.invoice(), draft.lines(), cause);
    }

    /** What happens to a renewal's draft: an hour of rest, unless collection is paused. */
    void release(ObjectNode invoice, ObjectNode subscription) {
        switch (subscription.path("pause_collection").path("behavior").asString("")) {
            case "keep_as_draft" -> invoice.put("auto_advance", false);
            case "void" -> {
                invoice.put("auto_advance", false);
                life.finalizeUncollected(invoice, Cause.NOT_THE_API);
                if (InvoiceLife.isStatus(invoice, "open")) {
                    var _ = life.voidOpen(invoice, Cause.NOT_THE_API);
                }
            }
            case "mark_uncollectible" -> {
                invoice.put("auto_advance", false);
                life.finalizeUncollected(invoice, Cause.NOT_THE_API);
                if (InvoiceLife.isStatus(invoice, "open")) {
                    var _ = life.giveUp(invoice, Cause.NOT_THE_API);
                }
            }
            default -> life.advanceLater(invoice);
        }
    }
}
