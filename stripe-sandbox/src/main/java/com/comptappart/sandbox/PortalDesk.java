package com.comptappart.sandbox;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a customer may do by themselves in the portal. */
final class PortalDesk {

    private final Store store;
    private final Events events;
    private final Agenda agenda;
    private final Wallet wallet;
    private final SubscriptionChange change;

    PortalDesk(
            Store store, Events events, Agenda agenda, Wallet wallet, SubscriptionChange change) {
        this.store = store;
        this.events = events;
        this.agenda = agenda;
        this.wallet = wallet;
        this.change = change;
    }

    List<ObjectNode> subscriptions(String customer) {
        return store.newestFirst(Kind.SUBSCRIPTION).stream()
                .filter(one -> one.path("customer").asString().equals(customer))
                .filter(SubscriptionLife::isAlive)
                .map(ObjectNode::deepCopy)
                .toList();
    }

    List<ObjectNode> invoices(String customer) {
        return store.newestFirst(Kind.INVOICE).stream()
                .filter(one -> one.path("customer").asString().equals(customer))
                .filter(one -> one.path("number").isString())
                .limit(20)
                .map(ObjectNode::deepCopy)
                .toList();
    }

    void cancelAtPeriodEnd(String customer, String subscription, boolean cancel) {
        update(customer, subscription, Map.of("cancel_at_period_end", String.valueOf(cancel)));
    }

    void setQuantity(String customer, String subscription, long quantity) {
        String item =
                SubscriptionItems.of(owned(customer, subscription))
                        .getFirst()
                        .path("id")
                        .asString();
        Map<String, Object> first = Map.of("id", item, "quantity", String.valueOf(quantity));
        update(customer, subscription, Map.of("items", Map.of("0", first)));
    }

    /** The new card pays from now on, whatever was set before. */
    void setCard(String customerId, ObjectNode method) {
        ObjectNode customer = store.get(Kind.CUSTOMER, customerId);
        wallet.attach(method.path("id").asString(), customer, "payment_method", Cause.NOT_THE_API);
        ObjectNode before = customer.deepCopy();
        ((ObjectNode) customer.path("invoice_settings"))
                .set("default_payment_method", method.path("id"));
        var _ = events.recordChange("customer.updated", before, customer, Cause.NOT_THE_API);
        for (ObjectNode subscription : subscriptions(customerId)) {
            update(
                    customerId,
                    subscription.path("id").asString(),
                    Map.of("default_payment_method", method.path("id").asString()));
        }
    }

    private void update(String customer, String subscription, Map<String, Object> fields) {
        ObjectNode found = owned(customer, subscription);
        var _ =
                agenda.inTimeOf(
                        found, () -> change.apply(found, new Params(fields), Cause.NOT_THE_API));
    }

    private ObjectNode owned(String customer, String id) {
        ObjectNode subscription = store.get(Kind.SUBSCRIPTION, id);
        JsonNode owner = subscription.path("customer");
        if (!owner.asString().equals(customer) || !SubscriptionLife.isAlive(subscription)) {
            throw Refusal.noSuch(Kind.SUBSCRIPTION, id);
        }
        return subscription;
    }
}
