package com.comptappart.order;

/**
 * An order whose money is not there yet: a delayed payment method (SEPA debit, bank transfer).
 *
 * @param order what it becomes when the money comes
 * @param state what is known of the money
 * @param reason why it failed, empty where it did not or Stripe does not say
 */
public record PendingOrder(PaidOrder order, State state, String reason) {

    /** A later one replaces an earlier one, never the reverse. */
    public enum State {
        AWAITING,
        FAILED,
        PAID;

        String code() {
            return switch (this) {
                case AWAITING -> "awaiting";
                case FAILED -> "failed";
                case PAID -> "paid";
            };
        }

        static State of(String code) {
            for (State each : values()) {
                if (each.code().equals(code)) {
                    return each;
                }
            }
            throw new IllegalArgumentException("unknown state of a pending order: " + code);
        }
    }
}
