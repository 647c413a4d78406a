package com.comptappart.sandbox;

/** Everything around subscriptions and invoices, put together. */
final class Billing {

    private final Store store;
    private final Events events;
    private final Prices prices;
    private final SchedulePhases schedulePhases;
    private final Agenda agenda;
    private final Wallet wallet;
    private final Customers customers;
    private final Discounts discounts;
    private final PendingItems pending;
    private final InvoicePayments invoicePayments;
    private final InvoiceParts parts;
    private final InvoiceLife invoiceLife;
    private final InvoiceItems invoiceItems;
    private final SubscriptionInvoices subscriptionInvoices;
    private final SubscriptionItems subscriptionItems;
    private final SubscriptionLife subscriptionLife;
    private final SubscriptionChange subscriptionChange;
    private final NewSubscription newSubscription;
    private final Subscriptions subscriptions;
    private final NewCreditNote newCreditNote;
    private final SetupIntents setupIntents;
    private final PortalSessions portalSessions;

    Billing(
            Store store,
            Events events,
            Agenda agenda,
            Acquiring acquiring,
            Prices prices,
            String baseUrl) {
        this.store = store;
        this.events = events;
        this.prices = prices;
        this.agenda = agenda;
        this.wallet = new Wallet(store, events, acquiring.methods());
        this.discounts = new Discounts(store, events);
        var customerDiscounts = new CustomerDiscounts(store, events, discounts);
        this.customers = new Customers(store, events, wallet, customerDiscounts);
        this.pending = new PendingItems(store, events);
        this.invoicePayments = new InvoicePayments(store, events);
        var offSession = new OffSession(store, events, acquiring);
        this.parts =
                new InvoiceParts(
                        new InvoiceLines(store),
                        new InvoiceTotals(store, discounts),
                        new InvoiceDrafts(store),
                        new InvoiceNumbers(store, events, baseUrl),
                        new InvoiceMoney(store, wallet, offSession, invoicePayments));
        this.invoiceLife = new InvoiceLife(store, events, agenda, parts);
        this.invoiceItems = new InvoiceItems(store, events, agenda, pending, parts, prices);
        this.subscriptionInvoices =
                new SubscriptionInvoices(store, parts, invoiceLife, discounts, pending);
        this.subscriptionItems = new SubscriptionItems(store, prices);
        this.subscriptionLife =
                new SubscriptionLife(store, events, agenda, wallet, subscriptionInvoices);
        var fields = new SubscriptionFields(store, wallet);
        this.newSubscription =
                new NewSubscription(
                        store,
                        subscriptionItems,
                        fields,
                        subscriptionLife,
                        discounts,
                        invoiceItems,
                        wallet);
        this.subscriptionChange =
                new SubscriptionChange(
                        store,
                        subscriptionItems,
                        fields,
                        subscriptionLife,
                        subscriptionInvoices,
                        new Prorations(store, parts.lines(), pending, discounts),
                        discounts,
                        pending);
        this.subscriptions =
                new Subscriptions(
                        store, agenda, subscriptionLife, newSubscription, subscriptionChange);
        this.schedulePhases =
                new SchedulePhases(
                        store,
                        events,
                        agenda,
                        newSubscription,
                        subscriptionItems,
                        subscriptionLife,
                        subscriptionChange);
        acquiring.payments().whenPaid(intent -> invoiceLife.paidBy(intent));
        acquiring.payments().whenSettled(intent -> invoiceLife.settledBy(intent));
        this.newCreditNote =
                new NewCreditNote(
                        store,
                        parts,
                        new CreditPayout(store, events, parts.money(), acquiring.refunds()),
                        baseUrl);
        this.setupIntents = new SetupIntents(store, events, acquiring.methods(), wallet);
        this.portalSessions = new PortalSessions(store, events, baseUrl);
        customers.whenOneLeaves(subscriptions::endAllOf);
    }

    void addTo(Routes routes) {
        new TestClocks(store, events, agenda, customers).addTo(routes);
        customers.addTo(routes);
        wallet.addTo(routes);
        new TaxRates(store, events).addTo(routes);
        new Coupons(store, events).addTo(routes);
        new PromotionCodes(store, events).addTo(routes);
        new InvoicePreview(
                        store,
                        agenda,
                        subscriptionInvoices,
                        subscriptionItems,
                        subscriptionChange,
                        newSubscription)
                .addTo(routes);
        new Invoices(store, events, agenda, wallet, parts, invoiceLife, pending, discounts)
                .addTo(routes);
        invoiceItems.addTo(routes);
        invoicePayments.addTo(routes);
        subscriptions.addTo(routes);
        new CreditNotes(store, events, agenda, newCreditNote, invoiceLife).addTo(routes);
        setupIntents.addTo(routes);
        portalSessions.addTo(routes);
        var acceptance =
                new QuoteAcceptance(
                        store,
                        newSubscription,
                        subscriptionItems,
                        subscriptionLife,
                        invoiceItems,
                        parts,
                        invoiceLife);
        new Quotes(store, events, agenda, prices, acceptance).addTo(routes);
        new SubscriptionSchedules(store, events, agenda, schedulePhases).addTo(routes);
    }

    PortalPage portal(PaymentMethods methods) {
        var desk = new PortalDesk(store, events, agenda, wallet, subscriptionChange);
        return new PortalPage(store, portalSessions, desk, methods);
    }

    CheckoutBilling checkout() {
        return new CheckoutBilling(
                store,
                events,
                wallet,
                discounts,
                newSubscription,
                subscriptionItems,
                subscriptionLife,
                invoiceItems,
                new SessionInvoices(store, parts, invoiceLife, discounts));
    }

    Customers customers() {
        return customers;
    }
}
