package com.comptappart.api;

import com.comptappart.partner.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How many calls a key may make in a minute of this node ({@code
 * COMPTAPPART_API_REQUESTSPERMINUTE}); the operator ten times as many, whose scripts act for all
 * partners.
 */
@Component
class KeyQuotas {

    private static final int WINDOW_SECONDS = 60;
    private static final int OF_OPERATOR = 10;

    /** Counts of the keys that called lately; more are not kept than that many. */
    private static final int MOST_KEYS = 10_000;

    private final long perMinute;
    private final Clock clock;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    /** A minute and the calls that were made in it. */
    private record Window(long minute, long calls) {}

    /**
     * What is left of a minute.
     *
     * @param calls below zero where this one is too many
     * @param seconds until the next minute begins
     */
    record Left(long calls, long seconds) {}

    KeyQuotas(@Value("${comptappart.api.requestsperminute:3000}") long perMinute, Clock clock) {
        if (perMinute < 0) {
            throw new IllegalArgumentException(
                    "COMPTAPPART_API_REQUESTSPERMINUTE must be 0 (no limit) or more");
        }
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /** Zero where there is no limit. */
    long of(Caller caller) {
        return switch (caller) {
            case Caller.Operator _ -> perMinute * OF_OPERATOR;
            case Caller.PartnerKey _ -> perMinute;
        };
    }

    /** Counts one call. */
    Left take(Caller caller) {
        long now = clock.instant().getEpochSecond();
        long minute = now / WINDOW_SECONDS;
        if (windows.size() > MOST_KEYS) {
            windows.values().removeIf(each -> each.minute() != minute);
        }
        var window =
                windows.compute(
                        caller.keyId(),
                        (_, former) ->
                                former == null || former.minute() != minute
                                        ? new Window(minute, 1)
                                        : new Window(minute, former.calls() + 1));
        return new Left(of(caller) - window.calls(), WINDOW_SECONDS - now % WINDOW_SECONDS);
    }
}
