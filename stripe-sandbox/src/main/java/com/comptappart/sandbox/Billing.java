package com.comptappart.sandbox;

/** Everything around subscriptions and invoices, put together. */
final class Billing {

    private final TestClocks testClocks;
    private final Wallet wallet;
    private final Customers customers;

    Billing(Store store, Events events, Agenda agenda, Acquiring acquiring) {
        this.wallet = new Wallet(store, events, acquiring.methods());
        this.customers = new Customers(store, events, wallet);
        this.testClocks = new TestClocks(store, events, agenda, customers);
    }

    void addTo(Routes routes) {
        testClocks.addTo(routes);
        customers.addTo(routes);
        wallet.addTo(routes);
    }

    Customers customers() {
        return customers;
    }
}
