package com.comptappart.partner;

import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who sells through the hub.
 *
 * @param slug lower-case name for Stripe metadata and addresses, unique
 * @param locale {@code fr} or {@code en}: the language of mails to the partner
 * @param stripeAccount its own connected account at Stripe, {@code acct_…}; null where it sells
 *     through ours
 * @param primaryColor of its documents, {@code #rrggbb}; null where the seller's holds
 * @param logoId of its documents; null where the seller's holds
 */
public record Partner(
        PartnerId id,
        String slug,
        String name,
        String contactEmail,
        String locale,
        @Nullable String stripeAccount,
        @Nullable String primaryColor,
        @Nullable String logoId,
        Instant createdAt) {}
