package com.comptappart.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A stretch of billed time, in seconds; the end belongs to the next one. */
record Period(long start, long end) {

    private static final int MOST_STEPS = 100_000;

    Period {
        if (end < start) {
            throw new IllegalArgumentException("a period ends after it starts");
        }
    }

    /** The period of a recurring price that holds a moment, counted from its anchor. */
    static Period around(long second, long anchor, JsonNode recurring) {
        long step = recurring.path("interval_count").asLong(1);
        String interval = recurring.path("interval").asString();
        long start = anchor;
        for (int n = 1; n <= MOST_STEPS; n++) {
            long end = after(anchor, interval, step * n);
            if (end > second) {
                return new Period(start, end);
            }
            start = end;
        }
        throw new IllegalStateException("no period of %s holds %d".formatted(recurring, second));
    }

    static Period of(JsonNode item) {
        return new Period(
                item.path("current_period_start").asLong(),
                item.path("current_period_end").asLong());
    }

    long seconds() {
        return end - start;
    }

    /** The part of an amount that falls on what is left from a moment on, rounded half up. */
    long remainder(long amount, long from) {
        if (seconds() == 0) {
            return 0;
        }
        long left = Math.clamp(end - from, 0, seconds());
        return BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(left))
                .divide(BigDecimal.valueOf(seconds()), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    ObjectNode json() {
        return Json.object().put("end", end).put("start", start);
    }

    void setOn(ObjectNode item) {
        item.put("current_period_start", start);
        item.put("current_period_end", end);
    }

    /** Always from the anchor, so that the 31st comes back after a shorter month. */
    private static long after(long anchor, String interval, long steps) {
        ZonedDateTime from = Instant.ofEpochSecond(anchor).atZone(ZoneOffset.UTC);
        ZonedDateTime to =
                switch (interval) {
                    case "day" -> from.plusDays(steps);
                    case "week" -> from.plusWeeks(steps);
                    case "month" -> from.plusMonths(steps);
                    default -> from.plusYears(steps);
                };
        return to.toEpochSecond();
    }
}
