package com.comptappart.order;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * A refund that a person must look at: its money did not arrive or came back, it exceeds the orders
 * of its payment, or no order of that is known.
 *
 * @param unplacedMinor what no order takes although it succeeded, minor units; 0 where all is taken
 *     or came back
 * @param unfundedMinor what of the order's credit note has no money behind it, minor units; 0 where
 *     the refund has none
 * @param partner whose order it is of; null where its payment made none so far
 * @param order the first order of its payment that it is about; null where there is none
 */
public record TroubledRefund(
        Refund refund,
        long unplacedMinor,
        long unfundedMinor,
        @Nullable PartnerId partner,
        @Nullable OrderId order) {}
