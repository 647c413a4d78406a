package com.comptappart.sandbox;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a paid session begins: a subscription with its first invoice, or an invoice by itself. */
final class CheckoutBilling {

    private static final long DAY_SECONDS = 86_400;

    private final Store store;
    private final Events events;
    private final Wallet wallet;
    private final Discounts discounts;
    private final NewSubscription creation;
    private final SubscriptionItems items;
    private final SubscriptionLife life;
    private final InvoiceItems invoiceItems;
    private final SessionInvoices invoices;
    private final SessionMoney money;

    CheckoutBilling(
            Store store,
            Events events,
            Wallet wallet,
            Discounts discounts,
            NewSubscription creation,
            SubscriptionItems items,
            SubscriptionLife life,
            InvoiceItems invoiceItems,
            SessionInvoices invoices) {
        this.store = store;
        this.events = events;
        this.wallet = wallet;
        this.discounts = discounts;
        this.creation = creation;
        this.items = items;
        this.life = life;
        this.invoiceItems = invoiceItems;
        this.invoices = invoices;
        this.money = new SessionMoney(store);
    }

    /** Tax depends on where the buyer lives, which is known at last. */
    void price(ObjectNode session, Buyer buyer) {
        if (session.path("payment_intent").isString()) {
            return;
        }
        boolean vat = buyer.taxIds().stream().anyMatch(id -> id.type().equals("eu_vat"));
        String exempt =
                store.find(Kind.CUSTOMER, session.path("customer").asString(""))
                        .map(customer -> customer.path("tax_exempt").asString("none"))
                        .orElse("none");
        money.compute(
                session,
                store.lineItems(session.path("id").asString()),
                new AutomaticTax.Buyer(buyer.address().country(), exempt, vat));
    }

    /** False when there is no such code, or it may not be used. */
    boolean applyCode(ObjectNode session, String words) {
        Optional<ObjectNode> code = PromotionCodes.typed(store, words);
        if (code.isEmpty() || !session.path("allow_promotion_codes").asBoolean(false)) {
            return false;
        }
        SessionBilling.setDiscount(session, discounts.of(code.get()));
        money.compute(
                session,
                store.lineItems(session.path("id").asString()),
                new AutomaticTax.Buyer("", "none", false));
        return true;
    }

    void complete(
            ObjectNode session,
            Buyer buyer,
            Optional<ObjectNode> method,
            Optional<ObjectNode> intent) {
        Optional<ObjectNode> customer =
                store.find(Kind.CUSTOMER, session.path("customer").asString(""));
        customer.ifPresent(known -> update(session, known, buyer));
        if (!SessionBilling.subscribes(session)) {
            if (session.path("invoice_creation").path("enabled").asBoolean(false)) {
                invoices.write(session, customer.orElseThrow(), intent);
            }
            return;
        }
        ObjectNode owner = customer.orElseThrow();
        method.ifPresent(card ->
                wallet.attach(
                        card.path("id").asString(), owner, "payment_method", Cause.NOT_THE_API));
        ObjectNode subscription = subscription(session, owner, method);
        life.begin(subscription, SubscriptionLife.Start.PAID_ALREADY, intent, Cause.NOT_THE_API);
        session.set("subscription", subscription.path("id"));
        session.set("invoice", subscription.path("latest_invoice"));
        session.putNull("payment_intent");
    }

    private ObjectNode subscription(
            ObjectNode session, ObjectNode customer, Optional<ObjectNode> method) {
        ObjectNode subscription = creation.blank(customer);
        JsonNode data = store.aside(session.path("id").asString(), SessionBilling.DATA);
        String id = subscription.path("id").asString();
        var recurring = new java.util.ArrayList<ObjectNode>();
        for (ObjectNode bought : store.lineItems(session.path("id").asString())) {
            JsonNode rates = store.aside(bought.path("id").asString(), SessionMoney.RATES);
            if (bought.path("price").path("recurring").isObject()) {
                ObjectNode item =
                        items.make(
                                (ObjectNode) bought.path("price"),
                                bought.path("quantity").asLong(),
                                id);
                item.set("tax_rates", rates.isArray() ? rates.deepCopy() : Json.array());
                recurring.add(item);
            } else {
                invoiceItems.keepBought(bought, rates, customer, id);
            }
        }
        SubscriptionItems.put(subscription, recurring);
        ((ObjectNode) subscription.path("automatic_tax")).setAll(tax(session));
        method.ifPresent(card -> subscription.set("default_payment_method", card.path("id")));
        if (data.isObject()) {
            applyData(subscription, (ObjectNode) data);
        }
        creation.startDiscounts(subscription, wanted(session));
        return subscription;
    }

    private static ObjectNode tax(ObjectNode session) {
        var tax = Json.object();
        tax.set("enabled", session.path("automatic_tax").path("enabled"));
        tax.set("liability", session.path("automatic_tax").path("liability").deepCopy());
        return tax;
    }

    private void applyData(ObjectNode subscription, ObjectNode data) {
        subscription.set("metadata", data.path("metadata").deepCopy());
        subscription.put("description", data.path("description").asStringOpt().orElse(null));
        if (data.path("default_tax_rates").isArray()) {
            subscription.set("default_tax_rates", data.path("default_tax_rates").deepCopy());
        }
        ((ObjectNode) subscription.path("trial_settings").path("end_behavior"))
                .put(
                        "missing_payment_method",
                        data.path("missing_payment_method").asString("create_invoice"));
        ((ObjectNode) subscription.path("invoice_settings"))
                .put("description", data.path("invoice_description").asStringOpt().orElse(null));
        long days = data.path("trial_period_days").asLong(0);
        creation.setTrialEnd(
                subscription, data.path("trial_end").asLong(store.now() + days * DAY_SECONDS));
    }

    private List<Discounts.Wanted> wanted(ObjectNode session) {
        return discounts.chosen(session.path("discounts"));
    }

    /** What the buyer typed goes to a known customer only where the shop said so. */
    private void update(ObjectNode session, ObjectNode customer, Buyer buyer) {
        JsonNode update = store.aside(session.path("id").asString(), "customer_update");
        ObjectNode before = customer.deepCopy();
        if (update.path("address").asString("never").equals("auto")) {
            customer.set("address", buyer.address().json());
        }
        if (update.path("name").asString("never").equals("auto")) {
            customer.put("name", buyer.name());
        }
        if (!before.equals(customer)) {
            var _ = events.recordChange("customer.updated", before, customer, Cause.NOT_THE_API);
        }
    }
}
