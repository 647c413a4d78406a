package com.comptappart.sandbox;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/payouts}: what of the available balance goes to the seller's bank, where it arrives a
 * day later. None is made by itself.
 */
final class Payouts {

    private static final Duration ON_ITS_WAY = Duration.ofDays(1);
    private static final String BANK_ACCOUNT = "ba_1SandboxSeller";

    private final Store store;
    private final Events events;
    private final BalanceTransactions balance;
    private final Timeline banks;

    Payouts(Store store, Events events, BalanceTransactions balance, Timeline banks) {
        this.store = store;
        this.events = events;
        this.balance = balance;
        this.banks = banks;
    }

    void addTo(Routes routes) {
        routes.post("v1/payouts", this::create);
        routes.get("v1/payouts", this::list);
        routes.get("v1/payouts/*", call -> store.get(Kind.PAYOUT, call.id()));
        routes.post("v1/payouts/*", this::update);
        routes.post("v1/payouts/*/cancel", this::cancel);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode payout = blank();
        long amount = params.integer("amount").orElseThrow(() -> Refusal.missing("amount"));
        String currency = params.required("currency").toLowerCase(Locale.ROOT);
        payout.put("id", Kind.PAYOUT.newId());
        payout.put("amount", amount);
        payout.put("arrival_date", store.now() + ON_ITS_WAY.toSeconds());
        payout.put("created", store.now());
        payout.put("currency", currency);
        payout.put("description", params.filled("description").orElse(null));
        payout.put("statement_descriptor", params.filled("statement_descriptor").orElse(null));
        params.oneOf("method", "standard");
        params.oneOf("source_type", "card");
        params.metadataInto((ObjectNode) payout.path("metadata"));
        params.refuseUnread();
        if (amount < 1) {
            throw Refusal.of("parameter_invalid_integer", "amount", "Amount must be positive.");
        }
        if (amount > balance.available(currency)) {
            throw Refusal.of(
                    "balance_insufficient",
                    null,
                    "You have insufficient funds in your Stripe account for this transfer: %s is available."
                            .formatted(
                                    Amounts.text(
                                            balance.available(currency), currency, Locale.US)));
        }
        payout.set("balance_transaction", balance.ofPayout(payout).path("id"));
        store.put(Kind.PAYOUT, payout);
        var _ = events.record("payout.created", payout, call.cause());
        banks.in(ON_ITS_WAY, () -> arrive(payout));
        return payout;
    }

    private void arrive(ObjectNode payout) {
        if (payout.path("status").asString().equals("pending")) {
            payout.put("status", "paid");
            var _ = events.record("payout.paid", payout, Cause.NOT_THE_API);
        }
    }

    private ObjectNode update(Call call) {
        ObjectNode payout = store.get(Kind.PAYOUT, call.id());
        ObjectNode before = payout.deepCopy();
        call.params().metadataInto((ObjectNode) payout.path("metadata"));
        call.params().refuseUnread();
        var _ = events.recordChange("payout.updated", before, payout, call.cause());
        return payout;
    }

    private ObjectNode cancel(Call call) {
        call.params().refuseUnread();
        ObjectNode payout = store.get(Kind.PAYOUT, call.id());
        if (!payout.path("status").asString().equals("pending")) {
            throw Refusal.of(null, null, "Only a pending payout can be canceled.");
        }
        payout.put("status", "canceled");
        payout.set("failure_balance_transaction", balance.ofCanceledPayout(payout).path("id"));
        var _ = events.record("payout.canceled", payout, call.cause());
        return payout;
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> wanted =
                Page.created(call.params()).and(Page.equal(call.params(), "status"));
        return Page.of(call, store.newestFirst(Kind.PAYOUT).stream().filter(wanted).toList());
    }

    private static ObjectNode blank() {
        ObjectNode payout =
                Json.object(
                        """
                        {"id": "", "object": "payout", "amount": 0, "application_fee": null,
                         "application_fee_amount": null, "arrival_date": 0, "automatic": false,
                         "balance_transaction": null, "created": 0, "currency": "", "description": null,
                         "destination": null, "failure_balance_transaction": null, "failure_code": null,
                         "failure_message": null, "livemode": false, "metadata": {}, "method": "standard",
                         "original_payout": null, "payout_method": null,
                         "reconciliation_status": "not_applicable", "reversed_by": null,
                         "source_type": "card", "statement_descriptor": null, "status": "pending",
                         "trace_id": null, "type": "bank_account"}
                        """);
        return payout.put("destination", BANK_ACCOUNT);
    }
}
