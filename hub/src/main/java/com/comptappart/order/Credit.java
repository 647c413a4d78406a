package com.comptappart.order;

import com.comptappart.kernel.PartnerId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What sets a credit apart from a refund: the buyer is given something back although Stripe sends
 * no money. It is owed a credit note like any refund (CGI art. 272, 1).
 *
 * @param partner whose orders it is taken from; null for all of them
 * @param invoice the Stripe invoice ({@code in_…}) whose orders come first, empty where none is
 *     named
 */
public record Credit(Means means, @Nullable PartnerId partner, String invoice) {

    /** How the buyer gets it. */
    public enum Means {
        /** On the customer's credit balance at Stripe, which pays their next invoices. */
        BALANCE,
        /** The seller gave it back outside of Stripe. */
        OUT_OF_BAND,
        /** Taken off what was due, before the invoice was paid. */
        REDUCTION;

        /** As it is stored and shown. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static @Nullable Means of(String code) {
            return code.isEmpty() ? null : valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
