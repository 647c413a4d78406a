package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an accepted quote brings: a subscription, whose first invoice rests an hour as a draft, or,
 * when nothing recurs, a draft of an invoice.
 */
final class QuoteAcceptance {

    private static final long DAY_SECONDS = 86_400;

    private final Store store;
    private final NewSubscription creation;
    private final SubscriptionItems items;
    private final SubscriptionLife life;
    private final InvoiceItems invoiceItems;
    private final InvoiceParts parts;
    private final InvoiceLife invoices;

    QuoteAcceptance(
            Store store,
            NewSubscription creation,
            SubscriptionItems items,
            SubscriptionLife life,
            InvoiceItems invoiceItems,
            InvoiceParts parts,
            InvoiceLife invoices) {
        this.store = store;
        this.creation = creation;
        this.items = items;
        this.life = life;
        this.invoiceItems = invoiceItems;
        this.parts = parts;
        this.invoices = invoices;
    }

    void accept(ObjectNode quote, Cause cause) {
        ObjectNode customer =
                Customers.referred(store, quote.path("customer").asString(), "customer");
        boolean recurs = quote.path("computed").path("recurring").isObject();
        if (recurs) {
            quote.set("subscription", subscription(quote, customer, cause).path("id"));
        } else {
            quote.set("invoice", invoice(quote, customer, cause).path("id"));
        }
    }

    private ObjectNode subscription(ObjectNode quote, ObjectNode customer, Cause cause) {
        ObjectNode subscription = creation.blank(customer);
        String id = subscription.path("id").asString();
        var recurring = new ArrayList<ObjectNode>();
        for (ObjectNode bought : store.lineItems(quote.path("id").asString())) {
            JsonNode rates = store.aside(bought.path("id").asString(), SessionMoney.RATES);
            if (bought.path("price").path("recurring").isObject()) {
                long quantity = bought.path("quantity").asLong();
                ObjectNode item = items.make((ObjectNode) bought.path("price"), quantity, id);
                item.set("tax_rates", rates.isArray() ? rates.deepCopy() : Json.array());
                recurring.add(item);
            } else {
                invoiceItems.keepBought(bought, rates, customer, id);
            }
        }
        SubscriptionItems.put(subscription, recurring);
        JsonNode data = quote.path("subscription_data");
        subscription.set("description", data.path("description"));
        subscription.set("metadata", data.path("metadata").deepCopy());
        subscription.set("collection_method", quote.path("collection_method"));
        subscription.set("days_until_due", daysUntilDue(quote));
        ((ObjectNode) subscription.path("automatic_tax"))
                .set("enabled", quote.path("automatic_tax").path("enabled"));
        long days = data.path("trial_period_days").asLong(0);
        creation.setTrialEnd(subscription, store.now() + days * DAY_SECONDS);
        return life.begin(subscription, SubscriptionLife.Start.SEND, Optional.empty(), cause);
    }

    private static JsonNode daysUntilDue(ObjectNode quote) {
        return quote.path("invoice_settings").path("days_until_due");
    }

    private ObjectNode invoice(ObjectNode quote, ObjectNode customer, Cause cause) {
        String currency = quote.path("currency").asString();
        ObjectNode invoice = parts.drafts().forCustomer(customer, currency, "quote_accept");
        invoice.put("auto_advance", false);
        invoice.set("metadata", quote.path("metadata").deepCopy());
        invoice.set("collection_method", quote.path("collection_method"));
        JsonNode days = daysUntilDue(quote);
        if (days.isNumber()) {
            invoice.put("due_date", store.now() + days.asLong() * DAY_SECONDS);
        }
        ((ObjectNode) invoice.path("automatic_tax"))
                .set("enabled", quote.path("automatic_tax").path("enabled"));
        var parent = invoice.putObject("parent");
        parent.putObject("quote_details").set("quote", quote.path("id"));
        parent.putNull("subscription_details").put("type", "quote_details");
        var lines = new ArrayList<ObjectNode>();
        for (ObjectNode item : store.lineItems(quote.path("id").asString())) {
            JsonNode rates = store.aside(item.path("id").asString(), SessionMoney.RATES);
            lines.add(parts.lines().ofSessionItem(item, rates, store.now()));
        }
        return invoices.keep(invoice, lines, cause);
    }
}
