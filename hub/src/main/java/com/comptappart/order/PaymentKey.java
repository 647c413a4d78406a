package com.comptappart.order;

import com.comptappart.kernel.Environment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Names a payment, which may have made several orders, or a subscription with all of its own. */
record PaymentKey(String account, Environment environment, String reference) {

    static PaymentKey of(PaidOrder order) {
        return new PaymentKey(order.account(), order.environment(), order.payment().reference());
    }

    /** The payment's, and the subscription's where there is one: credits name that. */
    static List<PaymentKey> allOf(PaidOrder order) {
        String subscription = order.subscriptionId();
        return subscription == null
                ? List.of(of(order))
                : List.of(
                        of(order),
                        new PaymentKey(order.account(), order.environment(), subscription));
    }

    static PaymentKey of(Refund refund) {
        return new PaymentKey(refund.account(), refund.environment(), refund.paymentReference());
    }

    /** Of columns account, environment and payment_reference. */
    static PaymentKey of(ResultSet row) throws SQLException {
        return new PaymentKey(
                row.getString("account"),
                Environment.of(row.getString("environment")),
                row.getString("payment_reference"));
    }
}
