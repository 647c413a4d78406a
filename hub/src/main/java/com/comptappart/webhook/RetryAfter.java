package com.comptappart.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Retry-After} header: seconds or an HTTP date (RFC 9110, section 10.2.3). */
final class RetryAfter {

    private static final int DIGITS_READ = 9;

    /** More than anyone waits: what is meant is as long as may be. */
    private static final Duration LONGEST = Duration.ofSeconds(1_000_000_000);

    private RetryAfter() {}

    /** How long to wait, null where the header says nothing of use. */
    static @Nullable Duration parse(@Nullable String text, Instant now) {
        if (text == null) {
            return null;
        }
        String value = text.strip();
        if (value.matches("[0-9]+")) {
            String digits = value.replaceFirst("^0+(?=.)", "");
            return digits.length() > DIGITS_READ
                    ? LONGEST
                    : Duration.ofSeconds(Long.parseLong(digits));
        }
        try {
            var at = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
            return at.isAfter(now) ? Duration.between(now, at) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
