package com.comptappart.stripe;

import com.comptappart.kernel.Reason;
import com.comptappart.order.Receipt;
import tools.jackson.databind.JsonNode;

/** How a Stripe invoice was paid: in money, elsewhere, and from the customer's balance. */
final class InvoiceReceipt {

    private InvoiceReceipt() {}

    /**
     * @param elsewhere what of it was paid outside of Stripe, minor units
     * @param sold what its orders add up to, minor units
     */
    static Receipt of(ReceivedEvent event, JsonNode invoice, long elsewhere, long sold) {
        long paid = Math.max(0, SessionFields.signedOrZero(invoice, "amount_paid"));
        return new Receipt(
                event.account(),
                event.environment(),
                SessionFields.id(invoice.path("id"), "id"),
                SessionFields.currency(invoice),
                paid - elsewhere,
                elsewhere,
                Math.subtractExact(sold, paid));
    }

    /** Whether what was not paid is what Stripe says of the balance; empty where it is. */
    static String doubt(JsonNode invoice) {
        if (!invoice.path("ending_balance").isNumber()) {
            return "";
        }
        long unpaid =
                Math.subtractExact(
                        SessionFields.signed(invoice, "total"),
                        SessionFields.signedOrZero(invoice, "amount_paid"));
        long told =
                SessionFields.signedOrZero(invoice, "ending_balance")
                        - SessionFields.signedOrZero(invoice, "starting_balance")
                        + SessionFields.signedOrZero(invoice, "pre_payment_credit_notes_amount");
        return unpaid == told ? "" : Reason.BALANCE_IN_DOUBT.text(told, unpaid);
    }
}
