package com.comptappart.sandbox;

/** Everything around subscriptions and invoices, put together. */
final class Billing {

    private final Agenda agenda;
    private final TestClocks testClocks;
    private final Wallet wallet;
    private final Customers customers;

    Billing(Store store, Events events, Payments payments) {
        this.agenda = new Agenda(store);
        this.wallet = new Wallet(store, events, payments);
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

    /** Does what time has brought in the sandbox's own time. */
    void runDue() {
        agenda.runDue();
    }
}
