package com.comptappart.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** The making of a subscription, by a request or by a paid Checkout session. */
final class NewSubscription {

    private static final long MOST_TRIAL_DAYS = 730;
    private static final long DAY_SECONDS = 86_400;

    private final Store store;
    private final SubscriptionItems items;
    private final SubscriptionFields fields;
    private final SubscriptionLife life;
    private final Discounts discounts;
    private final InvoiceItems invoiceItems;
    private final Wallet wallet;

    NewSubscription(
            Store store,
            SubscriptionItems items,
            SubscriptionFields fields,
            SubscriptionLife life,
            Discounts discounts,
            InvoiceItems invoiceItems,
            Wallet wallet) {
        this.store = store;
        this.items = items;
        this.fields = fields;
        this.life = life;
        this.discounts = discounts;
        this.invoiceItems = invoiceItems;
        this.wallet = wallet;
    }

    ObjectNode create(Call call, ObjectNode customer) {
        Params params = call.params();
        ObjectNode subscription = blank(customer);
        List<ObjectNode> read = items.readNew(params, subscription.path("id").asString());
        SubscriptionItems.put(subscription, read);
        fields.apply(params, subscription, customer, call.cause());
        setTrial(subscription, params);
        params.oneOf("billing_cycle_anchor", "now");
        params.oneOf("proration_behavior", "create_prorations", "none", "always_invoice");
        params.filled("currency");
        params.child("billing_mode").ifPresent(mode -> mode.oneOf("type", "flexible"));
        setEnd(subscription, params);
        String behavior =
                params.oneOf(
                                "payment_behavior",
                                "allow_incomplete",
                                "default_incomplete",
                                "error_if_incomplete")
                        .orElse("allow_incomplete");
        List<Discounts.Wanted> wanted = discounts.read(params);
        List<ObjectNode> extra = invoiceItems.readAddedTo(params, customer, subscription);
        params.refuseUnread();
        var start = start(subscription, behavior);
        if (start == SubscriptionLife.Start.CHARGE) {
            requireCard(subscription, customer, behavior);
        }
        extra.forEach(item -> invoiceItems.keep(item, call.cause()));
        startDiscounts(subscription, wanted);
        return life.begin(subscription, start, Optional.empty(), call.cause());
    }

    ObjectNode blank(ObjectNode customer) {
        ObjectNode subscription = SubscriptionFields.blank();
        subscription.put("id", Kind.SUBSCRIPTION.newId());
        subscription.put("created", store.now());
        subscription.put("start_date", store.now());
        subscription.set("customer", customer.path("id"));
        subscription.set("test_clock", customer.path("test_clock"));
        return subscription;
    }

    void startDiscounts(ObjectNode subscription, List<Discounts.Wanted> wanted) {
        discounts.start(wanted, subscription);
    }

    void setTrial(ObjectNode subscription, Params params) {
        OptionalLong days = trialDays(params);
        OptionalLong end =
                params.filled("trial_end").filter("now"::equals).isPresent()
                        ? OptionalLong.empty()
                        : params.integer("trial_end");
        if (params.flag("trial_from_plan").orElse(false)) {
            days = trialOfPrice(subscription);
        }
        long until = end.isPresent() ? end.getAsLong() : store.now() + days.orElse(0) * DAY_SECONDS;
        setTrialEnd(subscription, until);
    }

    static OptionalLong trialDays(Params params) {
        OptionalLong days = params.integer("trial_period_days");
        if (days.isPresent() && (days.getAsLong() < 0 || days.getAsLong() > MOST_TRIAL_DAYS)) {
            throw Refusal.of(
                    "parameter_invalid_integer",
                    params.nameOf("trial_period_days"),
                    "The trial must be of at most %d days.".formatted(MOST_TRIAL_DAYS));
        }
        return days;
    }

    void setTrialEnd(ObjectNode subscription, long until) {
        if (until > store.now() + MOST_TRIAL_DAYS * DAY_SECONDS) {
            throw Refusal.of(
                    null, "trial_end", "A trial ends within %d days.".formatted(MOST_TRIAL_DAYS));
        }
        if (until > store.now()) {
            subscription.put("trial_start", store.now());
            subscription.put("trial_end", until);
        }
    }

    private static OptionalLong trialOfPrice(ObjectNode subscription) {
        var days = SubscriptionItems.recurringOf(subscription).path("trial_period_days");
        return days.isNumber() ? OptionalLong.of(days.asLong()) : OptionalLong.empty();
    }

    private void setEnd(ObjectNode subscription, Params params) {
        params.integer("cancel_at")
                .ifPresent(at -> {
                    subscription.put("cancel_at", at);
                    subscription.put("canceled_at", store.now());
                });
        params.flag("cancel_at_period_end")
                .ifPresent(end -> {
                    subscription.put("cancel_at_period_end", end);
                    if (end) {
                        subscription.put("canceled_at", store.now());
                    }
                });
    }

    private static SubscriptionLife.Start start(ObjectNode subscription, String behavior) {
        if (subscription.path("collection_method").asString().equals("send_invoice")) {
            return SubscriptionLife.Start.SEND;
        }
        return behavior.equals("default_incomplete")
                ? SubscriptionLife.Start.WAIT_FOR_THE_BUYER
                : SubscriptionLife.Start.CHARGE;
    }

    /** Without a card there is nothing to begin with; a trial or a price of nothing needs none. */
    private void requireCard(ObjectNode subscription, ObjectNode customer, String behavior) {
        boolean trial = subscription.path("trial_end").isNumber();
        long due =
                SubscriptionItems.of(subscription).stream()
                        .mapToLong(item ->
                                PriceShare.total(
                                        store, item.path("price"), item.path("quantity").asLong()))
                        .sum();
        if (trial || due == 0) {
            return;
        }
        Optional<ObjectNode> method =
                wallet.chosen(
                        subscription.path("default_payment_method"),
                        customer.path("invoice_settings").path("default_payment_method"));
        if (method.isEmpty()) {
            throw Refusal.of(
                    "resource_missing",
                    null,
                    "This customer has no attached payment source or default payment method. Please consider"
                            + " adding a default payment method.");
        }
        if (behavior.equals("error_if_incomplete")) {
            wallet.requireChargeable(method.get());
        }
    }
}
