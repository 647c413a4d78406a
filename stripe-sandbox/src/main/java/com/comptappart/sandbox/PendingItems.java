package com.comptappart.sandbox;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Invoice items that wait for an invoice to take them up. */
final class PendingItems {

    private final Store store;
    private final Events events;

    PendingItems(Store store, Events events) {
        this.store = store;
        this.events = events;
    }

    /** What the next invoice of a subscription takes up, oldest first. */
    List<ObjectNode> waiting(ObjectNode subscription) {
        return waiting(
                subscription.path("customer").asString(),
                subscription.path("currency").asString(),
                List.of("", subscription.path("id").asString()));
    }

    /** What waits for a customer, of these subscriptions; an empty one stands for none. */
    List<ObjectNode> waiting(String customer, String currency, List<String> subscriptions) {
        return store.newestFirst(Kind.INVOICE_ITEM).reversed().stream()
                .filter(item -> item.path("invoice").isNull())
                .filter(item -> item.path("customer").asString().equals(customer))
                .filter(item -> item.path("currency").asString().equals(currency))
                .filter(item -> subscriptions.contains(subscriptionOf(item)))
                .toList();
    }

    void take(ObjectNode item, ObjectNode invoice) {
        item.set("invoice", invoice.path("id"));
    }

    void keep(ObjectNode item, Cause cause) {
        store.put(Kind.INVOICE_ITEM, item);
        var _ = events.record("invoiceitem.created", shown(item), cause);
    }

    static String subscriptionOf(JsonNode item) {
        return item.path("parent").path("subscription_details").path("subscription").asString("");
    }

    static ObjectNode shown(ObjectNode item) {
        ObjectNode copy = item.deepCopy();
        copy.remove(InvoiceLines.PRICE);
        return copy;
    }

    ObjectNode blank(ObjectNode customer, String currency) {
        ObjectNode item =
                Json.object(
                        """
                        {"id": "", "object": "invoiceitem", "amount": 0, "currency": "", "customer": "",
                         "customer_account": null, "date": 0, "description": null, "discountable": true,
                         "discounts": [], "invoice": null, "livemode": false, "metadata": {},
                         "net_amount": 0, "parent": null, "period": null, "pricing": null,
                         "proration": false, "quantity": 1, "quantity_decimal": "1", "tax_rates": [],
                         "test_clock": null}
                        """);
        item.put("id", Kind.INVOICE_ITEM.newId());
        item.put("currency", currency);
        item.set("customer", customer.path("id"));
        item.set("test_clock", customer.path("test_clock"));
        item.put("date", store.now());
        item.set("period", new Period(store.now(), store.now()).json());
        return item;
    }

    static void setAmount(ObjectNode item, long amount, long quantity) {
        item.put("amount", amount);
        item.put("net_amount", amount);
        item.put("quantity", quantity);
        item.put("quantity_decimal", String.valueOf(quantity));
    }
}
