package com.comptappart.api;

import com.comptappart.mail.Mails;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A mail to a buyer, in short. */
@Schema(name = "Email")
record MailView(
        @Schema(example = "mail_4eC39HqLyjWDarjtT1zdp7dc") String id,
        @Schema(allowableValues = "email") String object,
        @Schema(
                        description = "Null where the buyer gave none",
                        example = "marie.martin@example.com")
                @Nullable String recipient,
        @Schema(example = "Votre facture FQCA-2026-000156") String subject,
        @Schema(
                        description =
                                "kept: a staging mail, shown and never sent; suppressed: no usable address",
                        allowableValues = {"pending", "sent", "kept", "failed", "suppressed"})
                String status,
        @Nullable String reason,
        @Schema(example = "0") int attemptCount,
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
