package com.comptappart.console;

import com.comptappart.invoice.InvoiceIssued;
import com.comptappart.invoice.Invoices;
import com.comptappart.kernel.Currency;
import com.comptappart.order.OrderRefund;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of an order's story that a refund adds. */
final class RefundSteps {

    private RefundSteps() {}

    static Step refunded(Words words, Story story, OrderRefund refund) {
        var facts = new ArrayList<Step.Fact>();
        facts.add(
                Step.Fact.of(
                        words.text("fact.amount"),
                        words.money(refund.amountMinor(), refund.currency())));
        var means = refund.means();
        facts.add(
                Step.Fact.code(
                        words.text(means == null ? "fact.refund" : "fact.credit"),
                        refund.refundId()));
        if (!refund.reason().isEmpty()) {
            facts.add(
                    Step.Fact.of(
                            words.text("fact.reason"),
                            words.ofCode("refund.reason.", refund.reason())));
        }
        if (!refund.failureReason().isEmpty()) {
            facts.add(Step.Fact.of(words.text("fact.failure"), refund.failureReason()));
        }
        var note = story.creditNote(refund);
        if (!refund.covers().isEmpty() && note != null) {
            facts.add(Step.Fact.code(words.text("fact.replaces"), note.number()));
        }
        return new Step(
                words.text(means == null ? "step.refund" : "step.credit." + means.code()),
                States.of(words, refund),
                words.exactTime(refund.at()),
                Words.machine(refund.at()),
                facts,
                advice(words, story, refund, note),
                List.of(),
                null,
                "");
    }

    private static String advice(
            Words words, Story story, OrderRefund refund, @Nullable InvoiceIssued creditNote) {
        if (refund.unfundedMinor() > 0) {
            return unfunded(words, refund.unfundedMinor(), refund.currency(), creditNote);
        }
        if (refund.isReturned()) {
            return refund.covers().isEmpty() ? words.text("blame.refund-returned") : "";
        }
        return switch (refund.status()) {
            case PENDING -> words.text("blame.refund-pending");
            case FAILED -> words.text(failed(story, refund));
            case SUCCEEDED, CANCELED -> "";
        };
    }

    /** What is to be done about one that failed and has no credit note, as the others leave it. */
    private static String failed(Story story, OrderRefund refund) {
        var others = story.refunds().stream().filter(RefundSteps::isWithBuyer).toList();
        long given = others.stream().mapToLong(OrderRefund::amountMinor).sum();
        if (story.paid().total() - given < refund.amountMinor()) {
            return "blame.refund-failed-nothing-left";
        }
        return others.stream().anyMatch(each -> !each.at().isBefore(refund.at()))
                ? "blame.refund-failed-followed"
                : "blame.refund-failed";
    }

    /** Or on its way there. */
    private static boolean isWithBuyer(OrderRefund refund) {
        return switch (refund.status()) {
            case SUCCEEDED, PENDING -> true;
            case FAILED, CANCELED -> false;
        };
    }

    /** Why a credit note has no money behind it, and what mends that. */
    static String unfunded(
            Words words, long minor, Currency currency, @Nullable InvoiceIssued creditNote) {
        String number = creditNote == null ? "…" : creditNote.number();
        return words.text("refund.unfunded", number, words.money(minor, currency));
    }

    static Step credited(
            Words words,
            @Nullable InvoiceIssued creditNote,
            Invoices.@Nullable OwedCreditNote stuck) {
        String title = words.text("step.credit-note");
        if (creditNote == null && stuck != null) {
            var badge = Badge.bad(words.text("invoice.stuck"));
            var facts =
                    List.of(
                            Step.Fact.of(words.text("fact.reason"), words.reason(stuck.reason())),
                            Step.Fact.of(
                                    words.text("fact.attempts"), words.count(stuck.attempts())));
            String ours = words.text("blame.ours");
            return new Step(title, badge, "", "", facts, ours, List.of(), null, "");
        }
        if (creditNote == null) {
            var badge = Badge.waiting(words.text("invoice.owed"));
            return new Step(title, badge, "", "", List.of(), "", List.of(), null, "");
        }
        return new Step(
                title,
                Badge.ok(words.text("credit-note.issued")),
                words.exactTime(creditNote.issuedAt()),
                Words.machine(creditNote.issuedAt()),
                List.of(
                        Step.Fact.code(words.text("fact.invoice"), creditNote.number()),
                        Step.Fact.of(
                                words.text("fact.issue-date"), words.date(creditNote.issueDate()))),
                "",
                List.of(),
                null,
                "");
    }
}
