package com.comptappart.api;

import com.comptappart.webhook.Recovery;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A recovery as the API shows it. */
@Schema(name = "Recovery")
record RecoveryView(
        @Schema(example = "rec_4eC39HqLyjWDarjtT1zdp7dc") String id,
        @Schema(allowableValues = "recovery") String object,
        @Schema(description = "The partner's id") String partner,
        String environment,
        @Schema(example = "we_4eC39HqLyjWDarjtT1zdp7dc") String webhookEndpoint,
        @Schema(allowableValues = {"running", "done", "stopped"}) String status,
        @Schema(description = "Why it waits or was stopped by itself; null where nothing is wrong")
                @Nullable String reason,
        Instant since,
        Instant until,
        @Schema(description = "Which it sends again", example = "[\"failed\", \"held\"]")
                List<String> statuses,
        @Schema(example = "50") int perSecond,
        @Schema(description = "How many there were when it was asked for", example = "3")
                long wanted,
        @Schema(
                        description =
                                "How many were sent again; fewer than wanted at the end where some were delivered or"
                                        + " replayed meanwhile",
                        example = "1")
                long done,
        @Schema(example = "2") long left,
        @Schema(description = "The API key that asked", example = "key_4eC39HqLyjWDarjtT1zdp7dc")
                String askedBy,
        Instant createdAt,
        @Nullable Instant endedAt) {

    static RecoveryView of(Recovery recovery) {
        var wish = recovery.wish();
        return new RecoveryView(
                recovery.id(),
                "recovery",
                recovery.partner().value(),
                recovery.environment().code(),
                recovery.endpointId(),
                recovery.state().name().toLowerCase(Locale.ROOT),
                recovery.reason().isEmpty() ? null : recovery.reason(),
                wish.since(),
                wish.until(),
                wish.statuses().stream()
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList(),
                wish.perSecond(),
                recovery.wanted(),
                recovery.done(),
                recovery.left(),
                recovery.askedBy(),
                recovery.createdAt(),
                recovery.endedAt());
    }
}
