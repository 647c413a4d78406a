package com.comptappart.sandbox;

/** Everything around payments, refunds and disputes, put together. */
final class Acquiring {

    private final Timeline banks;
    private final PaymentMethods methods;
    private final BalanceTransactions balance;
    private final Disputes disputes;
    private final Refunds refunds;
    private final Payments payments;
    private final PaymentIntents intents;
    private final Payouts payouts;

    Acquiring(Store store, Events events, Agenda agenda, String baseUrl) {
        this.banks = new Timeline(store, agenda);
        this.methods = new PaymentMethods(store);
        this.balance = new BalanceTransactions(store, events);
        var deadlines = new Timeline(store, agenda);
        this.disputes = new Disputes(store, events, balance, banks, deadlines);
        this.refunds = new Refunds(store, events, methods, balance, disputes, banks);
        this.payments = new Payments(store, events, methods, balance, disputes, banks, baseUrl);
        this.payouts = new Payouts(store, events, balance, banks);
        this.intents = new PaymentIntents(store, events, payments, methods, refunds);
    }

    void addTo(Routes routes) {
        methods.addTo(routes);
        intents.addTo(routes);
        refunds.addTo(routes);
        disputes.addTo(routes);
        balance.addTo(routes);
        payouts.addTo(routes);
    }

    void runDue() {
        balance.runDue();
    }

    Timeline banks() {
        return banks;
    }

    PaymentMethods methods() {
        return methods;
    }

    Payments payments() {
        return payments;
    }

    PaymentIntents intents() {
        return intents;
    }

    Refunds refunds() {
        return refunds;
    }

    Disputes disputes() {
        return disputes;
    }
}
