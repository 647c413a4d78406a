package com.comptappart.api;

import com.comptappart.mail.Mails;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A mail to a buyer, in short. */
@Schema(name = "Email")
record MailView(
        String id,
        String object,
        @Schema(description = "Null where the buyer gave none") @Nullable String recipient,
        String subject,
        @Schema(
                        description =
                                "kept: a staging mail, shown and never sent; suppressed: no usable address",
                        allowableValues = {"pending", "sent", "kept", "failed", "suppressed"})
                String status,
        @Nullable String reason,
        int attemptCount,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant endedAt) {

    static MailView of(Mails.Mail mail) {
        return new MailView(
                mail.id(),
                "email",
                mail.recipient().isEmpty() ? null : mail.recipient(),
                mail.subject(),
                mail.state().name().toLowerCase(Locale.ROOT),
                mail.reason().isEmpty() ? null : mail.reason(),
                mail.attempts(),
                mail.createdAt(),
                mail.state() == Mails.State.PENDING ? mail.dueAt() : null,
                mail.endedAt());
    }
}
