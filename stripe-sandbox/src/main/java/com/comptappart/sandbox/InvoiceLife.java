package com.comptappart.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of an invoice: draft, open, paid, void or uncollectible, by request or by time. */
final class InvoiceLife {

    /** Who else moves when an invoice does: its subscription. */
    interface Watcher {
        void paid(ObjectNode invoice, Cause cause);

        /** A debit is on its way; {@code paid} or {@code failed} follows. */
        void underWay(ObjectNode invoice, Cause cause);

        void failed(ObjectNode invoice, boolean forTheLastTime, Cause cause);

        void voided(ObjectNode invoice, Cause cause);
    }

    static final Duration DRAFT_TIME = Duration.ofHours(1);

    /** After each failed attempt the next one waits so long; after the last, there is none. */
    private static final List<Duration> RETRIES =
            List.of(Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7));

    private final Store store;
    private final Events events;
    private final Agenda agenda;
    private final InvoiceParts parts;
    private final List<Watcher> watchers = new java.util.ArrayList<>();

    InvoiceLife(Store store, Events events, Agenda agenda, InvoiceParts parts) {
        this.store = store;
        this.events = events;
        this.agenda = agenda;
        this.parts = parts;
    }

    void watchedBy(Watcher watcher) {
        watchers.add(watcher);
    }

    /** Keeps a draft with its lines. */
    ObjectNode keep(ObjectNode invoice, List<ObjectNode> lines, Cause cause) {
        parts.lines().put(invoice, lines);
        parts.totals().compute(invoice, lines);
        store.put(Kind.INVOICE, invoice);
        var _ = events.record("invoice.created", invoice, cause);
        return invoice;
    }

    /** Leaves an hour to change the draft before it is finalized and collected. */
    void advanceLater(ObjectNode invoice) {
        long at = store.now() + DRAFT_TIME.toSeconds();
        invoice.put("automatically_finalizes_at", at);
        if (charges(invoice)) {
            invoice.put("next_payment_attempt", at);
        }
        agenda.plan(
                invoice,
                at,
                () -> {
                    if (isStatus(invoice, "draft") && advances(invoice)) {
                        advance(invoice, Cause.NOT_THE_API);
                    }
                });
    }

    /** Finalizes a draft and, where a card is to be charged, tries to collect. */
    void advance(ObjectNode invoice, Cause cause) {
        finalizeDraft(invoice, cause);
        if (isStatus(invoice, "open") && charges(invoice)) {
            var _ = collect(invoice, true, Optional.empty(), cause);
        }
    }

    /** Finalizes a draft and leaves an invoice that is due to whoever will pay it. */
    ObjectNode finalizeDraft(ObjectNode invoice, Cause cause) {
        finalizeUncollected(invoice, cause);
        if (isStatus(invoice, "open")) {
            var _ = parts.money().intentOf(invoice, cause);
        }
        if (isStatus(invoice, "open") && !charges(invoice)) {
            sendOut(invoice, cause);
        }
        return invoice;
    }

    ObjectNode finalizeUncollected(ObjectNode invoice, Cause cause) {
        ObjectNode customer = store.get(Kind.CUSTOMER, invoice.path("customer").asString());
        if (!Deleted.is(customer)) {
            parts.drafts().followCustomer(invoice, customer);
            parts.numbers().give(invoice, customer, cause);
        }
        invoice.put("status", "open");
        invoice.put("effective_at", store.now());
        invoice.putNull("automatically_finalizes_at");
        ((ObjectNode) invoice.path("status_transitions")).put("finalized_at", store.now());
        var _ = events.record("invoice.finalized", invoice, cause);
        if (invoice.path("amount_due").asLong() == 0) {
            settle(invoice, cause);
        }
        return invoice;
    }

    /** Whether the money came in. */
    OffSession.Result collect(
            ObjectNode invoice, boolean byTime, Optional<ObjectNode> with, Cause cause) {
        ObjectNode customer = store.get(Kind.CUSTOMER, invoice.path("customer").asString());
        ObjectNode intent = parts.money().intentOf(invoice, cause);
        Optional<ObjectNode> method = with.or(() -> parts.money().methodFor(invoice, customer));
        if (byTime || invoice.path("attempt_count").asLong() == 0) {
            invoice.put("attempt_count", invoice.path("attempt_count").asLong() + 1);
        }
        invoice.put("attempted", true);
        OffSession.Result result =
                method.isEmpty()
                        ? new OffSession.NeedsOwner()
                        : parts.money().charge(intent, method.get(), cause);
        switch (result) {
            case OffSession.Paid _ -> {}
            case OffSession.OnItsWay _ -> {
                invoice.putNull("next_payment_attempt");
                watchers.forEach(watcher -> watcher.underWay(invoice, cause));
            }
            case OffSession.Declined _ -> failed(invoice, false, cause);
            case OffSession.NeedsOwner _ -> failed(invoice, method.isPresent(), cause);
        }
        return result;
    }

    /** An intent was paid: by an attempt of ours, or by the buyer who confirmed it. */
    void paidBy(ObjectNode intent) {
        parts.money()
                .openInvoiceOf(intent)
                .ifPresent(invoice -> {
                    parts.money().paid(invoice, Cause.NOT_THE_API);
                    settle(invoice, Cause.NOT_THE_API);
                });
    }

    /** The bank has answered a debit; what it paid is told by {@link #paidBy}. */
    void settledBy(ObjectNode intent) {
        if (!intent.path("status").asString().equals("succeeded")) {
            parts.money()
                    .openInvoiceOf(intent)
                    .ifPresent(invoice -> failed(invoice, false, Cause.NOT_THE_API));
        }
    }

    private void failed(ObjectNode invoice, boolean ownerIsNeeded, Cause cause) {
        ObjectNode before = invoice.deepCopy();
        int attempts = invoice.path("attempt_count").asInt();
        boolean retried = advances(invoice) && attempts <= RETRIES.size() && isRetried(invoice);
        if (retried) {
            long next = store.now() + RETRIES.get(attempts - 1).toSeconds();
            invoice.put("next_payment_attempt", next);
            agenda.plan(invoice, next, () -> retry(invoice, next));
        } else {
            invoice.putNull("next_payment_attempt");
        }
        var _ = events.recordChange("invoice.updated", before, invoice, cause);
        var _ = events.record("invoice.payment_failed", invoice, cause);
        if (ownerIsNeeded) {
            var _ = events.record("invoice.payment_action_required", invoice, cause);
        }
        boolean last = !retried && isRetried(invoice);
        watchers.forEach(watcher -> watcher.failed(invoice, last, cause));
    }

    private void retry(ObjectNode invoice, long planned) {
        boolean stillWanted =
                isStatus(invoice, "open")
                        && invoice.path("next_payment_attempt").asLong(0) == planned;
        if (stillWanted) {
            var _ = collect(invoice, true, Optional.empty(), Cause.NOT_THE_API);
        }
    }

    /** A first invoice is not tried again by itself: its subscription waits, incomplete. */
    private static boolean isRetried(JsonNode invoice) {
        return !invoice.path("billing_reason").asString("").equals("subscription_create");
    }

    /**
     * Paid by an intent that took the money before the invoice was written; a debit that is still
     * on its way leaves the invoice open.
     */
    void settleWith(ObjectNode invoice, ObjectNode intent, Cause cause) {
        parts.money().tie(invoice, intent);
        invoice.put("attempt_count", 1);
        invoice.put("attempted", true);
        if (!intent.path("status").asString().equals("succeeded")) {
            return;
        }
        parts.money().paid(invoice, cause);
        settle(invoice, cause);
    }

    void settleOutOfBand(ObjectNode invoice, Cause cause) {
        invoice.set("amount_paid_off_stripe", invoice.path("amount_due"));
        parts.money().release(invoice, cause);
        close(invoice, "paid", "paid_at");
        invoice.set("amount_paid", invoice.path("amount_due"));
        invoice.put("amount_remaining", 0);
        var _ = events.record("invoice.paid", invoice, cause);
        watchers.forEach(watcher -> watcher.paid(invoice, cause));
    }

    private void settle(ObjectNode invoice, Cause cause) {
        close(invoice, "paid", "paid_at");
        invoice.put("attempted", true);
        invoice.set("amount_paid", invoice.path("amount_due"));
        invoice.put("amount_remaining", 0);
        var _ = events.record("invoice.paid", invoice, cause);
        var _ = events.record("invoice.payment_succeeded", invoice, cause);
        watchers.forEach(watcher -> watcher.paid(invoice, cause));
    }

    /**
     * Less, or after a voided credit note more, is due of an open invoice; nothing left is paid.
     */
    void credit(ObjectNode invoice, long amount, Cause cause) {
        ObjectNode before = invoice.deepCopy();
        add(invoice, "pre_payment_credit_notes_amount", amount);
        add(invoice, "amount_due", -amount);
        add(invoice, "amount_remaining", -amount);
        parts.money().follow(invoice);
        var _ = events.recordChange("invoice.updated", before, invoice, cause);
        if (invoice.path("amount_due").asLong() == 0) {
            parts.money().release(invoice, cause);
            settle(invoice, cause);
        }
    }

    /** A credit note on what was paid already. */
    void creditPaid(ObjectNode invoice, long amount, Cause cause) {
        ObjectNode before = invoice.deepCopy();
        add(invoice, "post_payment_credit_notes_amount", amount);
        var _ = events.recordChange("invoice.updated", before, invoice, cause);
    }

    private static void add(ObjectNode invoice, String field, long amount) {
        invoice.put(field, invoice.path(field).asLong() + amount);
    }

    ObjectNode voidOpen(ObjectNode invoice, Cause cause) {
        parts.money().release(invoice, cause);
        parts.numbers().giveBalanceBack(invoice, cause);
        close(invoice, "void", "voided_at");
        var _ = events.record("invoice.voided", invoice, cause);
        watchers.forEach(watcher -> watcher.voided(invoice, cause));
        return invoice;
    }

    ObjectNode giveUp(ObjectNode invoice, Cause cause) {
        close(invoice, "uncollectible", "marked_uncollectible_at");
        var _ = events.record("invoice.marked_uncollectible", invoice, cause);
        return invoice;
    }

    private void sendOut(ObjectNode invoice, Cause cause) {
        var _ = events.record("invoice.sent", invoice, cause);
        agenda.plan(
                invoice,
                invoice.path("due_date").asLong(store.now()),
                () -> {
                    if (isStatus(invoice, "open")) {
                        var _ = events.record("invoice.overdue", invoice, Cause.NOT_THE_API);
                        watchers.forEach(w -> w.failed(invoice, false, Cause.NOT_THE_API));
                    }
                });
    }

    private void close(ObjectNode invoice, String status, String transition) {
        invoice.put("status", status);
        invoice.putNull("next_payment_attempt");
        ((ObjectNode) invoice.path("status_transitions")).put(transition, store.now());
    }

    static boolean isStatus(JsonNode invoice, String status) {
        return invoice.path("status").asString("").equals(status);
    }

    private static boolean advances(JsonNode invoice) {
        return invoice.path("auto_advance").asBoolean();
    }

    private static boolean charges(JsonNode invoice) {
        return invoice.path("collection_method").asString().equals("charge_automatically");
    }
}
