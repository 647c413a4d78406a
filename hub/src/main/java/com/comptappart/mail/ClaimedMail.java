package com.comptappart.mail;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that a worker holds until its lease ends.
 *
 * @param lease whose it is; a result is recorded only while it is still this one
 * @param attempts how many were recorded before
 * @param firstAttemptAt null before the first
 */
record ClaimedMail(
        PartnerId partner,
        String id,
        UUID lease,
        int attempts,
        @Nullable Instant firstAttemptAt,
        Content content) {

    /** What every attempt sends alike. */
    record Content(
            String id,
            Environment environment,
            String messageId,
            String sender,
            String recipient,
            String deliverTo,
            String subject,
            String text,
            String html,
            @Nullable String attachment,
            Instant createdAt) {}
}
