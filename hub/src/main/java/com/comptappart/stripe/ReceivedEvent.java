package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import java.time.Instant;

/**
 * An event whose signature was right, not read yet.
 *
 * @param account the connected account, empty for our own
 * @param body the bytes that came
 */
record ReceivedEvent(
        String account,
        Environment environment,
        String id,
        String type,
        String apiVersion,
        Instant created,
        byte[] body) {}
