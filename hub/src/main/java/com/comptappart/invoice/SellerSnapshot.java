package com.comptappart.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The seller as it was when the invoice was asked for (EN 16931 BG-4); empty text where a mention
 * does not apply.
 *
 * @param vatGroup null where the seller is in none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SellerSnapshot(
        String name,
        String legalForm,
        String capital,
        String line1,
        String line2,
        String postalCode,
        String city,
        String country,
        String siren,
        String siret,
        String rcs,
        String vatNumber,
        boolean franchise,
        boolean vatOnDebits,
        String email,
        String phone,
        String website,
        String termsUrl,
        String footer,
        @Nullable VatGroup vatGroup) {}
