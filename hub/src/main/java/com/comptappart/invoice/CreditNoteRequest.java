package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A credit note that is owed: an order has one for each refund. What it says is taken from the
 * order's invoice, which it waits for.
 *
 * @param sellerId whose series it is: the seller of the invoice
 * @param seriesPrefix the seller's prefix of credit notes, such as {@code A}
 * @param refundId Stripe's, {@code re_…}; that of the invoice or credit note that gave a credit
 * @param amountMinor tax included, minor units of the invoice's currency
 * @param reason Stripe's, empty where none was given
 * @param language {@code fr} or {@code en}
 * @param means how a credit reaches the buyer, as in {@link Payment#method}; null where Stripe
 *     refunds
 * @param taken for which lines, where it is known; else for all in proportion
 */
public record CreditNoteRequest(
        OrderId order,
        PartnerId partner,
        Environment environment,
        String sellerId,
        String seriesPrefix,
        String refundId,
        long amountMinor,
        Instant refundedAt,
        String reason,
        String language,
        @Nullable String means,
        List<Taken> taken) {

    /**
     * How much is given back for some lines of the invoice.
     *
     * @param lines their places, from 0
     * @param minor tax included, minor units
     */
    public record Taken(List<Integer> lines, long minor) {
        public Taken {
            lines = List.copyOf(lines);
        }
    }

    public CreditNoteRequest {
        taken = List.copyOf(taken);
        if (refundId.isBlank() || amountMinor < 1) {
            throw new IllegalArgumentException(
                    "a credit note is for a refund of 1 or more, not " + amountMinor);
        }
    }

    /** What is kept of it until it is numbered. */
    record Wanted(
            long amountMinor,
            Instant refundedAt,
            String reason,
            String language,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String means,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Taken> taken) {}

    Wanted wanted() {
        return new Wanted(
                amountMinor, refundedAt, reason, language, means, taken.isEmpty() ? null : taken);
    }
}
