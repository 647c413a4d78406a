package com.comptappart.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/invoices/create_preview}: the next invoice as it would be, also after a change that
 * nobody has made yet.
 */
final class InvoicePreview {

    private final Store store;
    private final Agenda agenda;
    private final SubscriptionInvoices invoices;
    private final SubscriptionItems items;
    private final SubscriptionChange change;
    private final NewSubscription creation;

    InvoicePreview(
            Store store,
            Agenda agenda,
            SubscriptionInvoices invoices,
            SubscriptionItems items,
            SubscriptionChange change,
            NewSubscription creation) {
        this.store = store;
        this.agenda = agenda;
        this.invoices = invoices;
        this.items = items;
        this.change = change;
        this.creation = creation;
    }

    void addTo(Routes routes) {
        routes.post("v1/invoices/create_preview", this::preview);
        routes.get("v1/invoices/upcoming", this::upcoming);
    }

    private ObjectNode preview(Call call) {
        Params params = call.params();
        Optional<ObjectNode> subscription =
                params.filled("subscription")
                        .map(id -> store.referred(Kind.SUBSCRIPTION, id, "subscription"));
        String owner =
                subscription
                        .map(known -> known.path("customer").asString())
                        .or(() -> params.filled("customer"))
                        .orElseThrow(() -> Refusal.missing("customer"));
        params.filled("customer");
        ObjectNode customer = Customers.referred(store, owner, "customer");
        Params details = params.child("subscription_details").orElseGet(() -> new Params(Map.of()));
        return agenda.inTimeOf(
                customer,
                () ->
                        subscription.isPresent()
                                ? ofChange(subscription.get(), details)
                                : ofNew(customer, details));
    }

    private ObjectNode upcoming(Call call) {
        ObjectNode subscription =
                store.referred(
                        Kind.SUBSCRIPTION, call.params().required("subscription"), "subscription");
        call.params().filled("customer");
        return agenda.inTimeOf(subscription, () -> ofChange(subscription, new Params(Map.of())));
    }

    private ObjectNode ofChange(ObjectNode subscription, Params details) {
        ObjectNode draft = subscription.deepCopy();
        details.flag("cancel_at_period_end");
        SubscriptionChange.Plan plan = change.plan(subscription, draft, details);
        if (plan.invoiceNow() && !plan.newPeriod()) {
            return invoices.preview(plan.after(), plan.prorations(), false, false).invoice();
        }
        long end = SubscriptionItems.periodOf(plan.after()).end();
        ObjectNode next =
                plan.newPeriod()
                        ? SubscriptionPeriods.anew(plan.after(), store.now())
                        : SubscriptionPeriods.next(plan.after(), end);
        return invoices.preview(next, plan.prorations(), true, false).invoice();
    }

    private ObjectNode ofNew(ObjectNode customer, Params details) {
        ObjectNode subscription = creation.blank(customer);
        SubscriptionItems.put(
                subscription, items.readNew(details, subscription.path("id").asString()));
        creation.setTrial(subscription, details);
        boolean trial = subscription.path("trial_end").isNumber();
        ObjectNode begun = SubscriptionPeriods.anew(subscription, store.now());
        ObjectNode invoice = invoices.preview(begun, List.of(), true, trial).invoice();
        invoice.putNull("parent");
        return invoice;
    }
}
