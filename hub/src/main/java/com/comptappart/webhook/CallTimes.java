package com.comptappart.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of one call went. A part that was not reached is zero; resolving, connecting and
 * TLS are zero too where a kept connection was used again.
 *
 * @param firstByte from the moment when the request could be written until the answer began; null
 *     where not one byte of it came
 * @param total the whole call, its answer read
 */
public record CallTimes(
        Duration resolving,
        Duration connecting,
        Duration tls,
        @Nullable Duration firstByte,
        Duration total) {

    static final CallTimes NONE =
            new CallTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, null, Duration.ZERO);
}
