package com.comptappart.sandbox;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** How the money of an invoice comes in: its intent, the card that is charged, the record of it. */
final class InvoiceMoney {

    private final Store store;
    private final Wallet wallet;
    private final OffSession offSession;
    private final InvoicePayments payments;

    InvoiceMoney(Store store, Wallet wallet, OffSession offSession, InvoicePayments payments) {
        this.store = store;
        this.wallet = wallet;
        this.offSession = offSession;
        this.payments = payments;
    }

    /** Made at the first need, and used again after a decline. */
    ObjectNode intentOf(ObjectNode invoice, Cause cause) {
        String id = invoice.path("id").asString();
        Optional<ObjectNode> before =
                payments.ofInvoice(id).map(InvoicePayments::intentOf).flatMap(this::intent);
        return before.orElseGet(() -> newIntent(invoice, cause));
    }

    private ObjectNode newIntent(ObjectNode invoice, Cause cause) {
        var data = Json.object();
        data.set("customer", invoice.path("customer"));
        data.put("description", description(invoice));
        data.put("setup_future_usage", "off_session");
        var types = data.putArray("payment_method_types");
        MethodTypes.usual(invoice.path("currency").asString()).forEach(types::add);
        ObjectNode intent =
                offSession.intent(
                        invoice.path("amount_due").asLong(),
                        invoice.path("currency").asString(),
                        data,
                        cause);
        tie(invoice, intent);
        return intent;
    }

    static String description(ObjectNode invoice) {
        return switch (invoice.path("billing_reason").asString("")) {
            case "subscription_create" -> "Subscription creation";
            case "subscription_cycle", "subscription_update" -> "Subscription update";
            default -> "Payment for Invoice";
        };
    }

    void tie(ObjectNode invoice, ObjectNode intent) {
        var _ = payments.open(invoice, intent);
    }

    Optional<ObjectNode> methodFor(ObjectNode invoice, ObjectNode customer) {
        var subscription =
                store.find(Kind.SUBSCRIPTION, InvoiceDrafts.subscriptionOf(invoice))
                        .orElseGet(Json::object);
        return wallet.chosen(
                invoice.path("default_payment_method"),
                subscription.path("default_payment_method"),
                customer.path("invoice_settings").path("default_payment_method"));
    }

    boolean hasMethod(ObjectNode invoice) {
        ObjectNode customer = store.get(Kind.CUSTOMER, invoice.path("customer").asString());
        return methodFor(invoice, customer).isPresent();
    }

    OffSession.Result charge(ObjectNode intent, ObjectNode method, Cause cause) {
        return offSession.charge(intent, method, cause);
    }

    /** The open invoice that an intent was made for. */
    Optional<ObjectNode> openInvoiceOf(ObjectNode intent) {
        return store.newestFirst(Kind.INVOICE_PAYMENT).stream()
                .filter(payment -> payment.path("status").asString().equals("open"))
                .filter(payment ->
                        InvoicePayments.intentOf(payment).equals(intent.path("id").asString()))
                .findFirst()
                .flatMap(payment -> store.find(Kind.INVOICE, payment.path("invoice").asString("")))
                .filter(invoice -> InvoiceLife.isStatus(invoice, "open"));
    }

    void paid(ObjectNode invoice, Cause cause) {
        payments.ofInvoice(invoice.path("id").asString())
                .ifPresent(payment -> payments.paid(payment, cause));
    }

    /** What is asked for follows what is due, as long as nothing was paid. */
    void follow(ObjectNode invoice) {
        payments.ofInvoice(invoice.path("id").asString())
                .ifPresent(payment -> {
                    payment.set("amount_requested", invoice.path("amount_due"));
                    intent(InvoicePayments.intentOf(payment))
                            .ifPresent(intent -> intent.set("amount", invoice.path("amount_due")));
                });
    }

    /** The charge that paid the invoice, where one did. */
    Optional<ObjectNode> chargeOf(ObjectNode invoice) {
        return payments.ofInvoice(invoice.path("id").asString())
                .filter(payment -> payment.path("status").asString().equals("paid"))
                .map(InvoicePayments::intentOf)
                .flatMap(this::intent)
                .flatMap(intent ->
                        store.find(Kind.CHARGE, intent.path("latest_charge").asString("")));
    }

    /** The intent is not needed any more: the invoice is void or was paid elsewhere. */
    void release(ObjectNode invoice, Cause cause) {
        payments.ofInvoice(invoice.path("id").asString())
                .ifPresent(payment -> {
                    payments.canceled(payment);
                    offSession.cancel(InvoicePayments.intentOf(payment), cause);
                });
    }

    private Optional<ObjectNode> intent(String id) {
        return store.find(Kind.PAYMENT_INTENT, id);
    }
}
