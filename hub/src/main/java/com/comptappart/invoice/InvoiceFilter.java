package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * Which invoices to list; null asks nothing. A partner's own list never leaves the partner null.
 */
public record InvoiceFilter(
        @Nullable PartnerId partner,
        @Nullable Environment environment,
        @Nullable OrderId order,
        @Nullable String number) {}
