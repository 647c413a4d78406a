package com.comptappart.order;

import com.comptappart.kernel.Environment;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Names a payment, which may have made several orders. */
record PaymentKey(String account, Environment environment, String reference) {

    static PaymentKey of(PaidOrder order) {
        return new PaymentKey(order.account(), order.environment(), order.payment().reference());
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
