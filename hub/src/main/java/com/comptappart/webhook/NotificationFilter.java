package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which notifications to list; null asks nothing. The partner comes first: a partner's own list
 * never leaves it null.
 *
 * @param stage PENDING asks for all that is owed and not ended
 * @param answered what the last attempt was answered
 * @param since when it was owed, inclusive
 * @param until exclusive
 */
public record NotificationFilter(
        @Nullable PartnerId partner,
        @Nullable Environment environment,
        Notification.@Nullable Stage stage,
        @Nullable OrderId order,
        @Nullable String endpointId,
        @Nullable String eventType,
        @Nullable Statuses answered,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** A month of Paris, with the hour that one of them has more. */
    private static final Duration SHORT = Duration.ofDays(32);

    /**
     * A range of HTTP statuses, both ends inclusive; {@code 0} to {@code 0} for attempts without an
     * answer.
     */
    public record Statuses(int first, int last) {}

    /** All of a partner's test or live mode. */
    public static NotificationFilter of(
            @Nullable PartnerId partner, @Nullable Environment environment) {
        return new NotificationFilter(
                partner, environment, null, null, null, null, null, null, null);
    }

    /** Whether it asks for a month at most, whose notifications are found by their time alone. */
    boolean isOfShortPeriod() {
        return since != null
                && until != null
                && Duration.between(since, until).compareTo(SHORT) <= 0;
    }
}
