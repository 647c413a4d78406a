package com.comptappart.api;

import com.comptappart.webhook.Recovery;
import com.comptappart.webhook.Waiting;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a recovery found when it was asked for. */
@Schema(name = "Recovered")
record RecoveredView(
        @Schema(description = "How many notifications are, or would be, sent again", example = "3")
                long count,
        @Schema(
                        description =
                                "Whether there are more: counting stops after 10,000 facts, and after 100,000 orders",
                        example = "false")
                boolean countIsMinimum,
        CountsView counts,
        @Schema(description = "How many orders they tell of", example = "3") long orders,
        @Schema(description = "What these orders were paid, in each currency")
                List<AmountView> amounts,
        @Schema(description = "Null where it was a dry run") @Nullable RecoveryView recovery) {

    /** How many of each status. */
    @Schema(name = "RecoverCounts")
    record CountsView(
            @Schema(example = "2") long failed,
            @Schema(example = "1") long held,
            @Schema(example = "0") long missing) {}

    /** An amount with exactly the currency's decimals. */
    @Schema(name = "Amount")
    record AmountView(
            @Schema(example = "99.99") BigDecimal amount,
            @Schema(example = "EUR") String currency) {}

    static RecoveredView of(Waiting found, @Nullable Recovery recovery) {
        return new RecoveredView(
                found.count(),
                found.isMore(),
                new CountsView(found.of("failed"), found.of("held"), found.of("missing")),
                found.orders(),
                found.amounts().stream()
                        .map(each -> new AmountView(each.decimal(), each.currency().code()))
                        .toList(),
                recovery == null ? null : RecoveryView.of(recovery));
    }
}
