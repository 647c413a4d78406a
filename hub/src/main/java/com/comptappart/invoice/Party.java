package com.comptappart.invoice;

import org.jspecify.annotations.Nullable;

/** The buyer as the invoice names them (EN 16931 BG-7). */
public record Party(
        @Nullable String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String postalCode,
        @Nullable String city,
        @Nullable String country,
        @Nullable String siren,
        @Nullable String vatNumber,
        boolean business) {}
