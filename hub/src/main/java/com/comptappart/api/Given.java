package com.comptappart.api;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads single values that a caller gave, and says which one is missing or wrong. */
final class Given {

    private static final int MAX_YEAR = 9999;
    private static final int MAX_PER_SECOND = 1_000;

    private Given() {}

    /** A field of a body and what was given for it. */
    record Field(String name, @Nullable String value) {}

    static Field field(String name, @Nullable String value) {
        return new Field(name, value);
    }

    /** Names all that are missing at once. */
    static void allOf(Field... fields) {
        String missing =
                Stream.of(fields)
                        .filter(each -> each.value() == null)
                        .map(Field::name)
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw Refused.invalid("field_missing", "required and missing: " + missing);
        }
    }

    static String required(String name, @Nullable String value) {
        allOf(field(name, value));
        return Objects.requireNonNull(value);
    }

    /** Empty where null is given, which takes the key away; null where nothing is. */
    static @Nullable String apiKey(@Nullable JsonNode given) {
        if (given == null) {
            return null;
        }
        if (given.isNull()) {
            return "";
        }
        if (given.isString()) {
            return given.stringValue();
        }
        throw Refused.invalid("api_key_invalid", "api_key: a text, or null for none");
    }

    /** 0 where null is given, which takes the limit away; null where nothing is. */
    static @Nullable Integer rateLimit(@Nullable JsonNode given) {
        if (given == null) {
            return null;
        }
        if (given.isNull()) {
            return 0;
        }
        if (given.isIntegralNumber() && given.canConvertToInt()) {
            return rateLimit(Integer.valueOf(given.intValue()));
        }
        throw rateLimitInvalid();
    }

    static @Nullable Integer rateLimit(@Nullable Integer given) {
        if (given != null && (given < 1 || given > MAX_PER_SECOND)) {
            throw rateLimitInvalid();
        }
        return given;
    }

    private static Refused rateLimitInvalid() {
        return Refused.invalid(
                "rate_limit_per_second_invalid",
                "rate_limit_per_second: between 1 and 1000 calls a second, or null for no limit");
    }

    static @Nullable Instant timeOrNull(String name, @Nullable String text) {
        return text == null ? null : time(name, text);
    }

    static Instant time(String name, String text) {
        try {
            var read = OffsetDateTime.parse(text);
            if (read.getYear() >= 1 && read.getYear() <= MAX_YEAR) {
                return read.toInstant();
            }
        } catch (DateTimeException e) {
            // Said below, as for years that no database keeps.
        }
        throw Refused.invalid("time_invalid", name + ": a time such as 2026-11-23T14:32:18Z");
    }

    static @Nullable Environment environmentOrNull(@Nullable String code) {
        return code == null ? null : Environment.of(code);
    }

    /** Empty where the text names no order. */
    static Optional<OrderId> orderId(String text) {
        return text.matches("[0-9]{1,18}")
                ? Optional.of(new OrderId(Long.parseLong(text)))
                : Optional.empty();
    }

    static @Nullable OrderId orderIdOrNull(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return orderId(text)
                .orElseThrow(() ->
                        Refused.invalid("order_id_invalid", "order_id must be a whole number"));
    }
}
