package com.comptappart.invoice;

import java.math.BigDecimal;

/**
 * One line, in minor units.
 *
 * @param net before tax (BT-131)
 * @param vat the tax of the line
 * @param vatRate percent (BT-152)
 */
public record InvoiceLine(String name, long quantity, long net, long vat, BigDecimal vatRate) {

    /** Tax included. */
    public long gross() {
        return net + vat;
    }
}
