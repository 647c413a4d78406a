package com.comptappart.sandbox;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a subscription: its beginning, renewals, trial, troubles and end. */
final class SubscriptionLife {

    static final Duration FIRST_PAYMENT_TIME = Duration.ofHours(23);
    private static final Duration TRIAL_WARNING = Duration.ofDays(3);
    private static final Duration UPCOMING = Duration.ofDays(7);
    private static final Set<String> OVER = Set.of("canceled", "incomplete_expired");

    /** How the first invoice is to be paid. */
    enum Start {
        CHARGE,
        WAIT_FOR_THE_BUYER,
        SEND,
        PAID_ALREADY
    }

    /** Told of each subscription that has ended. */
    interface Ending {
        void subscriptionEnded(ObjectNode subscription, String reason, Cause cause);
    }

    private Ending ending = (_, _, _) -> {};
    private final Store store;
    private final Events events;
    private final Agenda agenda;
    private final Wallet wallet;
    private final SubscriptionInvoices invoices;

    SubscriptionLife(
            Store store,
            Events events,
            Agenda agenda,
            Wallet wallet,
            SubscriptionInvoices invoices) {
        this.store = store;
        this.events = events;
        this.agenda = agenda;
        this.wallet = wallet;
        this.invoices = invoices;
        invoices.life().watchedBy(new SubscriptionPayments(store, events, this));
    }

    void whenOneEnds(Ending other) {
        ending = other;
    }

    /** Sets the first period, keeps the subscription and brings its first invoice on the way. */
    ObjectNode begin(
            ObjectNode subscription, Start start, Optional<ObjectNode> paidBy, Cause cause) {
        boolean trial = SubscriptionPeriods.setFirst(subscription, store.now());
        boolean waits = start == Start.CHARGE || start == Start.WAIT_FOR_THE_BUYER;
        subscription.put("status", trial ? "trialing" : waits ? "incomplete" : "active");
        store.put(Kind.SUBSCRIPTION, subscription);
        var draft = invoices.forPeriod(subscription, "subscription_create", trial);
        subscription.set("latest_invoice", draft.invoice().path("id"));
        var _ = events.record("customer.subscription.created", subscription, cause);
        ObjectNode invoice = invoices.keep(draft, cause);
        planAhead(subscription);
        boolean nothingDue = invoice.path("amount_due").asLong() == 0;
        boolean freeByItself = nothingDue && start != Start.PAID_ALREADY;
        if (freeByItself || start == Start.WAIT_FOR_THE_BUYER) {
            invoices.life().finalizeDraft(invoice, cause);
        } else if (start == Start.PAID_ALREADY) {
            invoices.life().finalizeUncollected(invoice, cause);
            paidBy.filter(_ -> InvoiceLife.isStatus(invoice, "open"))
                    .ifPresent(intent -> invoices.life().settleWith(invoice, intent, cause));
        } else if (start == Start.SEND) {
            invoices.life().advanceLater(invoice);
        } else {
            invoices.life().advance(invoice, cause);
        }
        expireIfNeverPaid(subscription);
        return subscription;
    }

    private void expireIfNeverPaid(ObjectNode subscription) {
        if (!is(subscription, "incomplete")) {
            return;
        }
        agenda.plan(
                subscription,
                store.now() + FIRST_PAYMENT_TIME.toSeconds(),
                () -> {
                    if (is(subscription, "incomplete")) {
                        latestInvoice(subscription)
                                .filter(invoice -> InvoiceLife.isStatus(invoice, "open"))
                                .ifPresent(
                                        open -> invoices.life().voidOpen(open, Cause.NOT_THE_API));
                    }
                });
    }

    /** Plans what the present period will bring: warnings, and its end. */
    void planAhead(ObjectNode subscription) {
        long end = SubscriptionItems.periodOf(subscription).end();
        agenda.plan(subscription, end, () -> periodIsOver(subscription, end));
        if (is(subscription, "trialing")) {
            long warning = Math.max(store.now(), end - TRIAL_WARNING.toSeconds());
            agenda.plan(subscription, warning, () -> warnOfTrialEnd(subscription, end));
        }
        long upcoming = end - UPCOMING.toSeconds();
        if (upcoming > store.now()) {
            agenda.plan(subscription, upcoming, () -> tellUpcoming(subscription, end));
        }
        planCancelAt(subscription);
    }

    void plan(ObjectNode subscription, long second, Runnable work) {
        agenda.plan(subscription, second, work);
    }

    void planCancelAt(ObjectNode subscription) {
        JsonNode at = subscription.path("cancel_at");
        if (at.isNumber()) {
            agenda.plan(
                    subscription,
                    at.asLong(),
                    () -> {
                        if (isAlive(subscription) && subscription.path("cancel_at").equals(at)) {
                            end(subscription, "cancellation_requested", Cause.NOT_THE_API);
                        }
                    });
        }
    }

    private void warnOfTrialEnd(ObjectNode subscription, long end) {
        if (is(subscription, "trialing") && SubscriptionPeriods.endsAt(subscription, end)) {
            var _ =
                    events.record(
                            "customer.subscription.trial_will_end",
                            subscription,
                            Cause.NOT_THE_API);
        }
    }

    private void tellUpcoming(ObjectNode subscription, long end) {
        boolean goesOn =
                isAlive(subscription)
                        && !is(subscription, "paused")
                        && !subscription.path("cancel_at_period_end").asBoolean();
        if (goesOn && SubscriptionPeriods.endsAt(subscription, end)) {
            ObjectNode next = SubscriptionPeriods.next(subscription, end);
            ObjectNode invoice = invoices.preview(next, java.util.List.of(), true, false).invoice();
            invoice.remove("id");
            var _ = events.record("invoice.upcoming", invoice, Cause.NOT_THE_API);
        }
    }

    private void periodIsOver(ObjectNode subscription, long end) {
        boolean stale =
                !isAlive(subscription)
                        || is(subscription, "paused")
                        || is(subscription, "incomplete")
                        || !SubscriptionPeriods.endsAt(subscription, end);
        if (stale) {
            return;
        }
        if (subscription.path("cancel_at_period_end").asBoolean()) {
            end(subscription, "cancellation_requested", Cause.NOT_THE_API);
            return;
        }
        if (is(subscription, "trialing") && endsForWantOfACard(subscription)) {
            return;
        }
        renew(subscription);
    }

    private boolean endsForWantOfACard(ObjectNode subscription) {
        ObjectNode customer = store.get(Kind.CUSTOMER, subscription.path("customer").asString());
        boolean card =
                wallet.chosen(
                                subscription.path("default_payment_method"),
                                customer.path("invoice_settings").path("default_payment_method"))
                        .isPresent();
        String otherwise =
                subscription
                        .path("trial_settings")
                        .path("end_behavior")
                        .path("missing_payment_method")
                        .asString("create_invoice");
        if (card || otherwise.equals("create_invoice")) {
            return false;
        }
        if (otherwise.equals("cancel")) {
            end(subscription, "cancellation_requested", Cause.NOT_THE_API);
        } else {
            pause(subscription, Cause.NOT_THE_API);
        }
        return true;
    }

    private void renew(ObjectNode subscription) {
        ObjectNode before = subscription.deepCopy();
        Period last = SubscriptionItems.periodOf(subscription);
        if (is(subscription, "trialing")) {
            subscription.put("status", "active");
        }
        SubscriptionPeriods.setAround(subscription, store.now());
        var draft = invoices.forPeriod(subscription, "subscription_cycle", false);
        draft.invoice().put("period_start", last.start());
        subscription.set("latest_invoice", draft.invoice().path("id"));
        changed(before, subscription, Cause.NOT_THE_API);
        ObjectNode invoice = invoices.keep(draft, Cause.NOT_THE_API);
        planAhead(subscription);
        invoices.release(invoice, subscription);
    }

    /** A new period from now on, invoiced and collected at once. */
    ObjectNode restart(ObjectNode subscription, Cause cause) {
        subscription.put("billing_cycle_anchor", store.now());
        SubscriptionPeriods.setAround(subscription, store.now());
        var draft = invoices.forPeriod(subscription, "subscription_update", false);
        subscription.set("latest_invoice", draft.invoice().path("id"));
        planAhead(subscription);
        return invoices.keep(draft, cause);
    }

    void pause(ObjectNode subscription, Cause cause) {
        ObjectNode before = subscription.deepCopy();
        subscription.put("status", "paused");
        changed(before, subscription, cause);
        var _ = events.record("customer.subscription.paused", subscription, cause);
    }

    void end(ObjectNode subscription, String reason, Cause cause) {
        subscription.put("status", "canceled");
        subscription.put("ended_at", store.now());
        if (!subscription.path("canceled_at").isNumber()) {
            subscription.put("canceled_at", store.now());
        }
        ((ObjectNode) subscription.path("cancellation_details")).put("reason", reason);
        latestInvoice(subscription)
                .filter(invoice ->
                        InvoiceLife.isStatus(invoice, "draft")
                                || InvoiceLife.isStatus(invoice, "open"))
                .ifPresent(invoice -> {
                    invoice.put("auto_advance", false);
                    invoice.putNull("next_payment_attempt");
                });
        var _ = events.record("customer.subscription.deleted", subscription, cause);
        ending.subscriptionEnded(subscription, reason, cause);
    }

    void changed(ObjectNode before, ObjectNode after, Cause cause) {
        if (!before.equals(after)) {
            var _ = events.recordChange("customer.subscription.updated", before, after, cause);
        }
    }

    private Optional<ObjectNode> latestInvoice(ObjectNode subscription) {
        return store.find(Kind.INVOICE, subscription.path("latest_invoice").asString(""));
    }

    static boolean isAlive(JsonNode subscription) {
        return !OVER.contains(subscription.path("status").asString());
    }

    static boolean is(JsonNode subscription, String status) {
        return subscription.path("status").asString().equals(status);
    }
}
