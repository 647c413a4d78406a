package com.comptappart.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an endpoint that keeps failing is left alone, {@code COMPTAPPART_WEBHOOK_CIRCUIT_*}.
 *
 * @param failures calls that failed in a row before its circuit opens: more than the {@link
 *     DueDeliveries#LANES_PER_ENDPOINT} that one hiccup ends at once, and as many as the schedule
 *     of one notification has, so that a single one never opens it before its last attempts
 * @param after how long it fails before its circuit opens: a deploy or a restart is over by then
 * @param shortest how long nothing is sent the first time; twice as long after each probe that
 *     fails
 * @param longest the same at most, and the longest that one {@code Retry-After} holds the others up
 */
@ConfigurationProperties("comptappart.webhook.circuit")
record CircuitProperties(
        @DefaultValue("10") int failures,
        @DefaultValue("1m") Duration after,
        @DefaultValue("30s") Duration shortest,
        @DefaultValue("10m") Duration longest) {

    CircuitProperties {
        if (failures < 1 || after.isNegative() || !shortest.isPositive()) {
            throw new IllegalArgumentException(
                    "COMPTAPPART_WEBHOOK_CIRCUIT_*: failures and shortest must be over 0, after not negative");
        }
        if (longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(
                    "COMPTAPPART_WEBHOOK_CIRCUIT_LONGEST must not be under …_SHORTEST");
        }
    }
}
