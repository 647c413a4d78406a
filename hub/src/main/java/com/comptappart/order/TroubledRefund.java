package com.comptappart.order;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * A refund that a person must look at: its money did not arrive or came back, or it exceeds the
 * orders of its payment.
 *
 * @param unplacedMinor what no order takes although it succeeded, minor units; 0 where all is taken
 * @param partner whose order it is of; null where no order takes it
 * @param order the first order that takes of it; null where none does
 */
public record TroubledRefund(
        Refund refund,
        boolean succeeded,
        long unplacedMinor,
        @Nullable PartnerId partner,
        @Nullable OrderId order) {}
