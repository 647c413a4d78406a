package com.comptappart.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where goods go.
 *
 * @param country ISO 3166-1 alpha-2
 * @param state or province; null where the country has none
 */
public record Delivery(
        @Nullable String name,
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String postalCode,
        @Nullable String city,
        @Nullable String country,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String state) {

    /** In a country without states. */
    public Delivery(
            @Nullable String name,
            @Nullable String line1,
            @Nullable String line2,
            @Nullable String postalCode,
            @Nullable String city,
            @Nullable String country) {
        this(name, line1, line2, postalCode, city, country, null);
    }
}
