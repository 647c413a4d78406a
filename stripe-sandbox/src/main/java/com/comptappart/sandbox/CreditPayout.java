package com.comptappart.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** How the money of a credit note on a paid invoice goes back. Amounts in the smallest unit. */
final class CreditPayout {

    /** A refund that was made before, and how much of it belongs to the note. */
    record Made(ObjectNode refund, long amount) {}

    /**
     * What goes where; together exactly the note's total.
     *
     * @param refund to the card, by a new refund
     * @param credit to the customer's balance
     * @param outOfBand paid by other means, by the seller
     */
    record Shares(long refund, long credit, OptionalLong outOfBand, List<Made> made) {
        Shares {
            if (refund < 0 || credit < 0 || outOfBand.orElse(0) < 0) {
                throw Refusal.of(
                        "parameter_invalid_integer", null, "Amounts must not be negative.");
            }
            made = List.copyOf(made);
        }

        long sum() {
            return refund
                    + credit
                    + outOfBand.orElse(0)
                    + made.stream().mapToLong(Made::amount).sum();
        }
    }

    private final Store store;
    private final Events events;
    private final InvoiceMoney money;
    private final Refunds refunds;

    CreditPayout(Store store, Events events, InvoiceMoney money, Refunds refunds) {
        this.store = store;
        this.events = events;
        this.money = money;
        this.refunds = refunds;
    }

    Shares read(Params params, ObjectNode invoice) {
        var made = new ArrayList<Made>();
        for (Params one : params.childrenOf("refunds")) {
            one.oneOf("type", "refund");
            made.add(
                    made(
                            one.required("refund"),
                            one.integer("amount_refunded"),
                            invoice,
                            one.nameOf("refund")));
        }
        params.filled("refund")
                .ifPresent(id -> made.add(made(id, OptionalLong.empty(), invoice, "refund")));
        return new Shares(
                params.integer("refund_amount").orElse(0),
                params.integer("credit_amount").orElse(0),
                params.integer("out_of_band_amount"),
                made);
    }

    /** Refuses shares that aren't the total, or more than is left of the charge. */
    void check(Shares shares, ObjectNode invoice, long total, boolean afterPayment) {
        if (!afterPayment && shares.sum() != 0) {
            throw Refusal.of(
                    null,
                    null,
                    "An open invoice owes less by a credit note: there is nothing to refund or to credit.");
        }
        if (afterPayment && shares.sum() != total) {
            throw Refusal.of(
                    null,
                    null,
                    "The sum of refund_amount, credit_amount, out_of_band_amount and refunds (%d) must equal the"
                                    .formatted(shares.sum())
                            + " credit note's total (%d).".formatted(total));
        }
        if (shares.refund() == 0) {
            return;
        }
        ObjectNode charge = charge(invoice);
        Amounts.requirePayable(
                shares.refund(), charge.path("currency").asString(), "refund_amount");
        long rest =
                charge.path("amount_captured").asLong() - charge.path("amount_refunded").asLong();
        if (shares.refund() > rest) {
            String currency = charge.path("currency").asString();
            throw Refusal.of(
                    null,
                    "refund_amount",
                    "Refund amount (%s) is greater than unrefunded amount on charge (%s)"
                            .formatted(
                                    Amounts.text(shares.refund(), currency, Locale.US),
                                    Amounts.text(rest, currency, Locale.US)));
        }
    }

    void pay(Shares shares, ObjectNode invoice, ObjectNode note, Cause cause) {
        shares.made().forEach(one -> show(note, one));
        if (shares.refund() > 0) {
            ObjectNode refund = refunds.give(charge(invoice), shares.refund(), cause);
            show(note, new Made(refund, shares.refund()));
        }
        if (shares.credit() > 0) {
            ObjectNode customer = store.get(Kind.CUSTOMER, note.path("customer").asString());
            ObjectNode before = customer.deepCopy();
            customer.put("balance", customer.path("balance").asLong() - shares.credit());
            var _ = events.recordChange("customer.updated", before, customer, cause);
        }
    }

    private static void show(ObjectNode note, Made made) {
        var one = note.withArray("refunds").addObject();
        one.put("amount_refunded", made.amount());
        one.putNull("payment_record_refund");
        one.set("refund", made.refund().path("id"));
        one.put("type", "refund");
    }

    private Made made(String id, OptionalLong amount, ObjectNode invoice, String param) {
        ObjectNode refund = store.referred(Kind.REFUND, id, param);
        long whole = refund.path("amount").asLong();
        long part = amount.orElse(whole);
        boolean ofInvoice =
                money.chargeOf(invoice)
                        .filter(charge -> charge.path("id").equals(refund.path("charge")))
                        .isPresent();
        if (!ofInvoice || part < 1 || part + usedBefore(id) > whole) {
            throw Refusal.of(
                    null,
                    param,
                    "Refund %s is not one of this invoice's charge with so much left."
                            .formatted(id));
        }
        return new Made(refund, part);
    }

    private long usedBefore(String refund) {
        long used = 0;
        for (ObjectNode note : store.newestFirst(Kind.CREDIT_NOTE)) {
            for (var one : note.path("refunds")) {
                used +=
                        one.path("refund").asString().equals(refund)
                                ? one.path("amount_refunded").asLong()
                                : 0;
            }
        }
        return used;
    }

    private ObjectNode charge(ObjectNode invoice) {
        Optional<ObjectNode> charge = money.chargeOf(invoice);
        return charge.orElseThrow(() ->
                Refusal.of(
                        null,
                        "refund_amount",
                        "This invoice was not paid by a charge that can be refunded."));
    }
}
