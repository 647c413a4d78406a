package com.comptappart.console;

import com.comptappart.order.Disputes;
import java.util.List;

/** The step of an order's story that a dispute adds. */
final class DisputeSteps {

    private DisputeSteps() {}

    static Step disputed(Words words, Disputes.Known dispute) {
        return new Step(
                words.text("step.dispute"),
                badge(words, dispute),
                words.exactTime(dispute.asOf()),
                Words.machine(dispute.asOf()),
                List.of(
                        Step.Fact.of(
                                words.text("fact.amount"),
                                words.money(dispute.amountMinor(), dispute.currency())),
                        Step.Fact.of(
                                words.text("fact.reason"),
                                words.ofCode("dispute.reason.", dispute.reason())),
                        Step.Fact.code(words.text("fact.dispute"), dispute.disputeId())),
                advice(words, dispute),
                List.of(),
                null,
                "");
    }

    private static Badge badge(Words words, Disputes.Known dispute) {
        String status = words.ofCode("dispute.status.", dispute.status());
        return switch (dispute.status()) {
            case "won", "warning_closed", "prevented" -> Badge.ok(status);
            case "lost" -> Badge.bad(status);
            default -> Badge.waiting(status);
        };
    }

    private static String advice(Words words, Disputes.Known dispute) {
        if (dispute.status().equals("lost")) {
            return words.text("blame.dispute-lost");
        }
        return dispute.closed() ? "" : words.text("blame.dispute-open");
    }
}
