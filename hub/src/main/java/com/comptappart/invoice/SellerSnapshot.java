package com.comptappart.invoice;

/**
 * The seller as it was when the invoice was asked for (EN 16931 BG-4); empty text where a mention
 * does not apply.
 */
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
        String footer) {}
