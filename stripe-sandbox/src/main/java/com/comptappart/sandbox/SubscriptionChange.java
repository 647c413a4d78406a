package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A change to a running subscription, worked out on a copy before anything is kept. */
final class SubscriptionChange {

    /**
     * What a request would make of a subscription.
     *
     * @param prorations invoice items that are not kept yet
     * @param newPeriod whether a new period begins now and is invoiced
     * @param invoiceNow whether the prorations are invoiced at once
     */
    record Plan(
            ObjectNode after, List<ObjectNode> prorations, boolean newPeriod, boolean invoiceNow) {}

    private final Store store;
    private final SubscriptionItems items;
    private final SubscriptionFields fields;
    private final SubscriptionLife life;
    private final SubscriptionInvoices invoices;
    private final Prorations prorations;
    private final SubscriptionEnding ending;
    private final Discounts discounts;
    private final PendingItems pending;

    SubscriptionChange(
            Store store,
            SubscriptionItems items,
            SubscriptionFields fields,
            SubscriptionLife life,
            SubscriptionInvoices invoices,
            Prorations prorations,
            Discounts discounts,
            PendingItems pending) {
        this.store = store;
        this.items = items;
        this.fields = fields;
        this.life = life;
        this.invoices = invoices;
        this.prorations = prorations;
        this.ending = new SubscriptionEnding(store);
        this.discounts = discounts;
        this.pending = pending;
    }

    ObjectNode apply(ObjectNode subscription, Params params, Cause cause) {
        ObjectNode customer = store.get(Kind.CUSTOMER, subscription.path("customer").asString());
        ObjectNode draft = subscription.deepCopy();
        fields.apply(params, draft, customer, cause);
        ending.apply(params, draft);
        boolean discounted = params.has("discounts");
        List<Discounts.Wanted> wanted = discounts.read(params);
        params.oneOf("payment_behavior", "allow_incomplete", "error_if_incomplete");
        Plan plan = plan(subscription, draft, params);
        params.refuseUnread();
        if (discounted) {
            discounts.start(wanted, plan.after());
        }
        return keep(subscription, plan, cause);
    }

    /** Works out what a change of items and dates brings; {@code draft} is filled in. */
    Plan plan(ObjectNode subscription, ObjectNode draft, Params params) {
        String behavior =
                params.oneOf("proration_behavior", "create_prorations", "none", "always_invoice")
                        .orElse("create_prorations");
        long at = params.integer("proration_date").orElse(store.now());
        requireInside(at, subscription);
        List<ObjectNode> before = SubscriptionItems.of(subscription);
        List<ObjectNode> after = items.readChanges(params, draft);
        SubscriptionItems.put(draft, after);
        boolean interval =
                !SubscriptionItems.interval(before.getFirst().path("price"))
                        .equals(SubscriptionItems.interval(after.getFirst().path("price")));
        boolean anchorNow =
                params.oneOf("billing_cycle_anchor", "now", "unchanged")
                        .filter("now"::equals)
                        .isPresent();
        boolean trialing = SubscriptionLife.is(subscription, "trialing");
        boolean trialOver = changeTrial(draft, params, trialing);
        boolean newPeriod = !stillOnTrial(draft) && (interval || anchorNow || trialOver);
        Period period = SubscriptionItems.periodOf(subscription);
        if (!newPeriod && !stillOnTrial(draft)) {
            after.forEach(period::setOn);
        }
        var credits = new ArrayList<ObjectNode>();
        if (!behavior.equals("none") && !trialing && isProrated(subscription)) {
            credits.addAll(
                    newPeriod
                            ? before.stream()
                                    .map(item -> prorations.unused(subscription, item, at))
                                    .toList()
                            : prorations.between(subscription, before, after, at));
        }
        return new Plan(
                draft, credits, newPeriod, behavior.equals("always_invoice") && !credits.isEmpty());
    }

    /** True when the trial ends by this change. */
    private boolean changeTrial(ObjectNode draft, Params params, boolean trialing) {
        if (!params.has("trial_end")) {
            return false;
        }
        if (params.text("trial_end").orElse("").equals("now")) {
            if (trialing) {
                draft.put("status", "active");
                draft.put("trial_end", store.now());
            }
            return trialing;
        }
        long until = params.integer("trial_end").orElseThrow();
        if (until <= store.now()) {
            throw Refusal.of(null, "trial_end", "Invalid timestamp: must be in the future.");
        }
        draft.put("status", "trialing");
        draft.put("trial_start", draft.path("trial_start").asLong(store.now()));
        draft.put("trial_end", until);
        draft.put("billing_cycle_anchor", until);
        var period = new Period(store.now(), until);
        SubscriptionItems.of(draft).forEach(period::setOn);
        return false;
    }

    private static boolean stillOnTrial(ObjectNode draft) {
        return SubscriptionLife.is(draft, "trialing");
    }

    private static boolean isProrated(ObjectNode subscription) {
        return SubscriptionLife.is(subscription, "active")
                || SubscriptionLife.is(subscription, "past_due");
    }

    private ObjectNode keep(ObjectNode subscription, Plan plan, Cause cause) {
        ObjectNode before = subscription.deepCopy();
        boolean otherEnd =
                SubscriptionItems.periodOf(plan.after()).end()
                        != SubscriptionItems.periodOf(before).end();
        subscription.setAll(plan.after());
        plan.prorations().forEach(item -> pending.keep(item, cause));
        if (plan.newPeriod()) {
            ObjectNode invoice = life.restart(subscription, cause);
            life.changed(before, subscription, cause);
            advance(invoice, cause);
            return subscription;
        }
        if (plan.invoiceNow()) {
            var draft = invoices.forPending(subscription);
            subscription.set("latest_invoice", draft.invoice().path("id"));
            life.changed(before, subscription, cause);
            advance(invoices.keep(draft, cause), cause);
            return subscription;
        }
        life.changed(before, subscription, cause);
        if (otherEnd) {
            life.planAhead(subscription);
        } else {
            life.planCancelAt(subscription);
        }
        ending.planResumption(subscription, life);
        return subscription;
    }

    void advance(ObjectNode invoice, Cause cause) {
        invoices.life().advance(invoice, cause);
    }

    void giveUnusedTimeBack(ObjectNode subscription, Cause cause) {
        SubscriptionItems.of(subscription).stream()
                .map(item -> prorations.unused(subscription, item, store.now()))
                .forEach(item -> pending.keep(item, cause));
    }

    void invoicePending(ObjectNode subscription, Cause cause) {
        if (pending.waiting(subscription).isEmpty()) {
            return;
        }
        var draft = invoices.forPending(subscription);
        subscription.set("latest_invoice", draft.invoice().path("id"));
        advance(invoices.keep(draft, cause), cause);
    }

    private static void requireInside(long at, ObjectNode subscription) {
        Period period = SubscriptionItems.periodOf(subscription);
        if (at < period.start() || at > period.end()) {
            throw Refusal.of(
                    null,
                    "proration_date",
                    "`proration_date` must be within the current period, from %d to %d."
                            .formatted(period.start(), period.end()));
        }
    }
}
