package com.comptappart.sandbox;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A shop with subscriptions, its client and its sandbox. */
final class BillingShop implements AutoCloseable {

    final StripeSandbox sandbox = StripeSandbox.start(0);
    final StripeClient stripe =
            StripeClient.builder().setApiKey(sandbox.apiKey()).setApiBase(sandbox.url()).build();

    @Override
    public void close() {
        SchemaAudit.of(sandbox);
        sandbox.close();
    }

    Customer customer(String card) throws StripeException {
        return stripe.v1()
                .customers()
                .create(
                        CustomerCreateParams.builder()
                                .setEmail("jeanne@exemple.fr")
                                .setName("Jeanne Dupont")
                                .setAddress(
                                        CustomerCreateParams.Address.builder()
                                                .setLine1("1 rue de la Paix")
                                                .setPostalCode("75002")
                                                .setCity("Paris")
                                                .setCountry("FR")
                                                .build())
                                .setPaymentMethod(card)
                                .setInvoiceSettings(
                                        CustomerCreateParams.InvoiceSettings.builder()
                                                .setDefaultPaymentMethod(card)
                                                .build())
                                .build());
    }

    void giveCard(String customer, String card) throws StripeException {
        var _ =
                stripe.v1()
                        .customers()
                        .update(
                                customer,
                                CustomerUpdateParams.builder()
                                        .setInvoiceSettings(
                                                CustomerUpdateParams.InvoiceSettings.builder()
                                                        .setDefaultPaymentMethod(card)
                                                        .build())
                                        .build());
    }

    Price price(long amount, PriceCreateParams.Recurring.Interval interval) throws StripeException {
        return stripe.v1()
                .prices()
                .create(
                        PriceCreateParams.builder()
                                .setCurrency("eur")
                                .setUnitAmount(amount)
                                .setTaxBehavior(PriceCreateParams.TaxBehavior.INCLUSIVE)
                                .setRecurring(
                                        PriceCreateParams.Recurring.builder()
                                                .setInterval(interval)
                                                .build())
                                .setProductData(
                                        PriceCreateParams.ProductData.builder()
                                                .setName("Suivi LMNP")
                                                .build())
                                .build());
    }

    Price yearly(long amount) throws StripeException {
        return price(amount, PriceCreateParams.Recurring.Interval.YEAR);
    }

    Price monthly(long amount) throws StripeException {
        return price(amount, PriceCreateParams.Recurring.Interval.MONTH);
    }

    static SubscriptionCreateParams.Builder of(Customer customer, Price price) {
        return SubscriptionCreateParams.builder()
                .setCustomer(customer.getId())
                .putMetadata("partner", "gererseul")
                .addItem(
                        SubscriptionCreateParams.Item.builder()
                                .setPrice(price.getId())
                                .setQuantity(1L)
                                .build());
    }

    Subscription subscribe(SubscriptionCreateParams.Builder params) throws StripeException {
        Subscription made = stripe.v1().subscriptions().create(params.build());
        StripeSchemas.validate(made.getLastResponse().body());
        return made;
    }

    Subscription read(Subscription subscription) throws StripeException {
        Subscription read = stripe.v1().subscriptions().retrieve(subscription.getId());
        StripeSchemas.validate(read.getLastResponse().body());
        return read;
    }

    Subscription setQuantity(
            Subscription subscription,
            long quantity,
            SubscriptionUpdateParams.ProrationBehavior behavior)
            throws StripeException {
        return stripe.v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .setProrationBehavior(behavior)
                                .addItem(
                                        SubscriptionUpdateParams.Item.builder()
                                                .setId(
                                                        subscription
                                                                .getItems()
                                                                .getData()
                                                                .getFirst()
                                                                .getId())
                                                .setQuantity(quantity)
                                                .build())
                                .build());
    }

    Invoice latestInvoice(Subscription subscription) throws StripeException {
        Invoice invoice = stripe.v1().invoices().retrieve(read(subscription).getLatestInvoice());
        StripeSchemas.validate(invoice.getLastResponse().body());
        return invoice;
    }

    List<Invoice> invoices() throws StripeException {
        var list = stripe.v1().invoices().list(InvoiceListParams.builder().setLimit(100L).build());
        StripeSchemas.validate(list.getLastResponse().body());
        return list.getData();
    }

    void after(Duration time) {
        sandbox.advance(time).join();
    }

    /**
     * The types of all events after the given number of them, oldest first, without those of the
     * seller's own balance.
     */
    List<String> eventsSince(int count) throws StripeException {
        return events().stream()
                .skip(count)
                .map(Event::getType)
                .filter(type -> !type.startsWith("balance."))
                .toList();
    }

    int eventCount() throws StripeException {
        return events().size();
    }

    /** All events, oldest first, each with exactly Stripe's fields. */
    List<Event> events() throws StripeException {
        var all = new ArrayList<Event>();
        var params = EventListParams.builder().setLimit(100L);
        while (true) {
            var page = stripe.v1().events().list(params.build());
            all.addAll(page.getData());
            validate(page.getLastResponse().body());
            if (!page.getHasMore()) {
                Collections.reverse(all);
                return all;
            }
            params.setStartingAfter(page.getData().getLast().getId());
        }
    }

    /** What is upcoming is the one invoice without an id. */
    private static void validate(String page) {
        var read = tools.jackson.databind.json.JsonMapper.shared().readTree(page);
        for (var event : read.path("data")) {
            if (!event.path("type").asString().equals("invoice.upcoming")) {
                StripeSchemas.validate(event.toString());
            }
        }
    }
}
