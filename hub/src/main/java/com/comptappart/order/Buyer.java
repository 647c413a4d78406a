package com.comptappart.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Who paid, as Stripe's page asked.
 *
 * @param locale {@code fr}, {@code en-GB}, …: the language of the checkout page or the customer,
 *     empty where unknown
 * @param country ISO 3166-1 alpha-2
 * @param company its name, where a person bought for one; null where nobody said so
 * @param state or province, as Stripe says it; null where the country has none
 * @param business whether a company name or a tax id was given
 */
public record Buyer(
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
        String locale,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String company,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String state) {

    /** Who bought for themselves. */
    public Buyer(
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
            String locale) {
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
                locale,
                null,
                null);
    }

    /** What stands before the last word of the name; null where there is no name. */
    public @Nullable String firstName() {
        if (name == null || name.isBlank()) {
            return null;
        }
        String whole = name.strip();
        int space = whole.lastIndexOf(' ');
        return space < 0 ? "" : whole.substring(0, space).strip();
    }

    /** The last word of the name; null where there is no name. */
    public @Nullable String lastName() {
        if (name == null || name.isBlank()) {
            return null;
        }
        String whole = name.strip();
        return whole.substring(whole.lastIndexOf(' ') + 1);
    }
}
