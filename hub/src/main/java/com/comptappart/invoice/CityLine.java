package com.comptappart.invoice;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The line of an address with its city, in the order of the country's post. */
final class CityLine {

    /** Where the post wants city, state and code: {@code Austin TX 78701}. */
    private static final Set<String> CODE_LAST = Set.of("US", "CA", "AU", "PR");

    private CityLine() {}

    static String of(
            @Nullable String postalCode,
            @Nullable String city,
            @Nullable String state,
            @Nullable String country) {
        if (state == null || state.isBlank() || state.equalsIgnoreCase(city)) {
            return joined(postalCode, " ", city);
        }
        if (country != null && CODE_LAST.contains(country)) {
            return joined(joined(city, " ", state), " ", postalCode);
        }
        return joined(joined(postalCode, " ", city), ", ", state);
    }

    private static String joined(@Nullable String a, String between, @Nullable String b) {
        String first = Objects.requireNonNullElse(a, "").strip();
        String second = Objects.requireNonNullElse(b, "").strip();
        return first.isEmpty() || second.isEmpty() ? first + second : first + between + second;
    }
}
