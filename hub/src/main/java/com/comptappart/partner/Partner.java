package com.comptappart.partner;

import com.comptappart.kernel.PartnerId;
import java.time.Instant;

/**
 * Who sells through the hub.
 *
 * @param slug lower-case name for Stripe metadata and addresses, unique
 * @param locale {@code fr} or {@code en}: the language of mails to the partner
 */
public record Partner(
        PartnerId id,
        String slug,
        String name,
        String contactEmail,
        String locale,
        Instant createdAt) {}
