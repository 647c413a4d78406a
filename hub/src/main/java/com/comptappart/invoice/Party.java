package com.comptappart.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The buyer as the invoice names them (EN 16931 BG-7).
 *
 * @param name the company's, where one buys (CGI ann. II art. 242 nonies A, I 1°)
 * @param state or province (BT-54); null where the country has none
 * @param contact who bought for a company (BT-56); null where nobody is named
 */
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
        boolean business,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String contact,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String state) {

    /** One for whom nobody else buys. */
    public Party(
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
            boolean business) {
        this(
                name,
                email,
                phone,
                line1,
                line2,
                postalCode,
                city,
                country,
                siren,
                vatNumber,
                business,
                null,
                null);
    }
}
