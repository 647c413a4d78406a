package com.comptappart.order;

import org.jspecify.annotations.Nullable;

/**
 * Where goods go.
 *
 * @param country ISO 3166-1 alpha-2
 */
public record Delivery(
        @Nullable String name,
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String postalCode,
        @Nullable String city,
        @Nullable String country) {}
