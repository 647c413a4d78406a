package com.comptappart.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the goods went (EN 16931 BG-13, BG-15).
 *
 * @param state or province (BT-79); null where the country has none
 */
public record DeliverTo(
        @Nullable String name,
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String postalCode,
        @Nullable String city,
        String country,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String state) {

    /** In a country without states. */
    public DeliverTo(
            @Nullable String name,
            @Nullable String line1,
            @Nullable String line2,
            @Nullable String postalCode,
            @Nullable String city,
            String country) {
        this(name, line1, line2, postalCode, city, country, null);
    }

    /** In one line. */
    String text() {
        String place = CityLine.of(postalCode, city, state, country);
        return String.join(
                ", ",
                Stream.of(
                                name,
                                line1,
                                line2,
                                place,
                                country.equals("FR") ? "" : Countries.french(country))
                        .filter(part -> part != null && !part.isBlank())
                        .toList());
    }
}
