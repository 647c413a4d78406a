package com.comptappart.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {

    private static final List<Duration> DELAYS =
            List.of(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofHours(24));
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void delays_stray_by_a_tenth_at_most_and_end() {
        assertThat(schedule(0).delay(1, null)).contains(Duration.ofSeconds(27));
        assertThat(schedule(0.5).delay(1, null)).contains(Duration.ofSeconds(30));
        assertThat(schedule(1).delay(1, null)).contains(Duration.ofSeconds(33));
        assertThat(schedule(0.5).delay(3, null)).contains(Duration.ofHours(24));
        assertThat(schedule(0.5).delay(4, null)).isEmpty();
        assertThat(schedule(0.5).attempts()).isEqualTo(4);
    }

    @Test
    void a_retry_after_only_delays_and_24_hours_at_most() {
        assertThat(schedule(0.5).delay(1, Duration.ofSeconds(5))).contains(Duration.ofSeconds(30));
        assertThat(schedule(0.5).delay(1, Duration.ofHours(5))).contains(Duration.ofHours(5));
        assertThat(schedule(0.5).delay(1, Duration.ofDays(5))).contains(Duration.ofHours(24));
        assertThat(schedule(0.5).delay(4, Duration.ofSeconds(5))).isEmpty();
    }

    @Test
    void a_retry_after_is_seconds_or_a_date() {
        assertThat(RetryAfter.parse("120", NOW)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("Tue, 24 Nov 2026 13:00:00 GMT", NOW))
                .isEqualTo(Duration.ofHours(1));
        assertThat(RetryAfter.parse("Tue, 24 Nov 2026 11:00:00 GMT", NOW)).isNull();
        assertThat(RetryAfter.parse("-5", NOW)).isNull();
        assertThat(RetryAfter.parse("0", NOW)).isEqualTo(Duration.ZERO);
        assertThat(RetryAfter.parse("soon", NOW)).isNull();
        assertThat(RetryAfter.parse(null, NOW)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100000",
                "9999999999",
                "99999999999999999999",
                "000000000000000000100000",
                "Fri, 31 Dec 9999 23:59:59 GMT"
            })
    void a_retry_after_far_away_waits_24_hours(String far) {
        assertThat(schedule(0.5).delay(1, RetryAfter.parse(far, NOW)))
                .contains(Duration.ofHours(24));
    }

    @Test
    void a_time_limit_over_30_s_does_not_start() {
        assertThatThrownBy(
                        () -> new WebhookProperties(DELAYS, Duration.ofSeconds(31), List.of(), ""))
                .hasMessageContaining("COMPTAPPART_WEBHOOK_TIMEOUT");
    }

    private static RetrySchedule schedule(double random) {
        return new RetrySchedule(
                new WebhookProperties(DELAYS, Duration.ofSeconds(10), List.of(), ""), () -> random);
    }
}
