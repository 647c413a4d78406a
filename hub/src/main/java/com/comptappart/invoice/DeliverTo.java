package com.comptappart.invoice;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the goods went (EN 16931 BG-13, BG-15). */
public record DeliverTo(
        @Nullable String name,
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String postalCode,
        @Nullable String city,
        String country) {

    /** In one line. */
    String text() {
        String place =
                Stream.of(postalCode, city).filter(Objects::nonNull).reduce("", DeliverTo::joined);
        return String.join(
                ", ",
                Stream.of(name, line1, line2, place, country.equals("FR") ? "" : country)
                        .filter(part -> part != null && !part.isBlank())
                        .map(List::of)
                        .map(List::getFirst)
                        .toList());
    }

    private static String joined(String a, String b) {
        return (a + " " + b).strip();
    }
}
