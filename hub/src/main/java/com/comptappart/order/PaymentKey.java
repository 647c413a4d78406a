package com.comptappart.order;

import com.comptappart.kernel.Environment;

/** Names a payment, which may have made several orders. */
record PaymentKey(String account, Environment environment, String reference) {

    static PaymentKey of(PaidOrder order) {
        return new PaymentKey(order.account(), order.environment(), order.payment().reference());
    }

    static PaymentKey of(Refund refund) {
        return new PaymentKey(refund.account(), refund.environment(), refund.paymentReference());
    }
}
