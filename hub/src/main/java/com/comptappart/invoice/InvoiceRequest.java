package com.comptappart.invoice;

import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;

/**
 * An invoice that is owed: everything it will say, but its number and date.
 *
 * @param order unique: an order has one invoice
 * @param seriesPrefix the seller's prefix, such as {@code FQCA}
 * @param sellerId whose series it is
 */
public record InvoiceRequest(
        OrderId order,
        PartnerId partner,
        String sellerId,
        String seriesPrefix,
        InvoiceContent content) {}
