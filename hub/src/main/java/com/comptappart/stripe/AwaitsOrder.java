package com.comptappart.stripe;

import com.comptappart.kernel.Reason;

/**
 * An event concerns a payment whose order is not there yet: Stripe's events come in any order. It
 * waits, and is read again as soon as the order is there.
 */
final class AwaitsOrder extends RuntimeException {

    private final String payment;

    /**
     * @param payment the payment intent, or the invoice
     */
    AwaitsOrder(String payment) {
        super(Reason.EVENT_AWAITS_ORDER.text(payment));
        this.payment = payment;
    }

    String payment() {
        return payment;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
