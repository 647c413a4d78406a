package com.comptappart.sandbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/balance_transactions}: what each charge, refund and dispute does to the balance, in
 * the smallest unit of its own currency (nothing is converted). Fees are Stripe's for the euro
 * area: a card costs 1.5 % and 25 cents, a SEPA debit 35 cents, a dispute 20 euros; a refund costs
 * nothing and gives no fee back. The fixed parts are left away in currencies without cents.
 */
final class BalanceTransactions {

    private static final Duration UNTIL_AVAILABLE = Duration.ofDays(7);
    private static final int MOST_WAITING = 100_000;
    private static final long CARD_PER_TEN_THOUSAND = 150;
    private static final long CARD_FIXED = 25;
    private static final long SEPA_FIXED = 35;
    private static final long DISPUTE_FIXED = 2_000;

    /** What a transaction is called, and under which heading Stripe's reports show it. */
    private record Sort(String type, String reportingCategory) {}

    private static final String AVAILABLE_AT_ONCE = "0077";

    private final Store store;
    private final Events events;
    private final Deque<ObjectNode> waiting = new ArrayDeque<>();

    BalanceTransactions(Store store, Events events) {
        this.store = store;
        this.events = events;
    }

    void addTo(Routes routes) {
        routes.get("v1/balance", call -> balance());
        routes.get("v1/balance_transactions", this::list);
        routes.get(
                "v1/balance_transactions/*",
                call -> store.get(Kind.BALANCE_TRANSACTION, call.id()));
    }

    /** Money that came in; the charge then knows its transaction. */
    ObjectNode ofCharge(ObjectNode charge) {
        boolean card = isCard(charge);
        long amount = charge.path("amount_captured").asLong();
        long fee =
                card
                        ? Math.floorDiv(amount * CARD_PER_TEN_THOUSAND + 5_000, 10_000L)
                                + fixed(charge, CARD_FIXED)
                        : fixed(charge, SEPA_FIXED);
        var sort = card ? new Sort("charge", "charge") : new Sort("payment", "charge");
        ObjectNode made = add(sort, charge, amount, Math.min(fee, amount), "");
        charge.put("balance_transaction", made.path("id").asString());
        JsonNode last4 = charge.path("payment_method_details").path("card").path("last4");
        if (last4.asString("").equals(AVAILABLE_AT_ONCE)) {
            var _ = atOnce(made);
            tellAvailable();
        }
        return made;
    }

    ObjectNode ofRefund(ObjectNode refund, ObjectNode charge) {
        var sort = new Sort(isCard(charge) ? "refund" : "payment_refund", "refund");
        return add(sort, refund, -refund.path("amount").asLong(), 0, "REFUND FOR CHARGE");
    }

    /** The money of a refund that came back, because the bank couldn't pass it on. */
    ObjectNode ofFailedRefund(ObjectNode refund) {
        var sort = new Sort("refund_failure", "refund_failure");
        return add(sort, refund, refund.path("amount").asLong(), 0, "REFUND FAILURE");
    }

    ObjectNode ofWithdrawal(ObjectNode dispute) {
        return add(
                new Sort("adjustment", "dispute"),
                dispute,
                -dispute.path("amount").asLong(),
                fixed(dispute, DISPUTE_FIXED),
                "Chargeback withdrawal for " + dispute.path("charge").asString());
    }

    ObjectNode ofReinstatement(ObjectNode dispute) {
        return add(
                new Sort("adjustment", "dispute_reversal"),
                dispute,
                dispute.path("amount").asLong(),
                0,
                "Chargeback reversal for " + dispute.path("charge").asString());
    }

    /** A payout takes from what is available, at once. */
    ObjectNode ofPayout(ObjectNode payout) {
        return atOnce(
                add(new Sort("payout", "payout"), payout, -amountOf(payout), 0, "STRIPE PAYOUT"));
    }

    ObjectNode ofCanceledPayout(ObjectNode payout) {
        var sort = new Sort("payout_cancel", "payout_reversal");
        return atOnce(add(sort, payout, amountOf(payout), 0, "STRIPE PAYOUT CANCELED"));
    }

    private static long amountOf(ObjectNode payout) {
        return payout.path("amount").asLong();
    }

    private ObjectNode atOnce(ObjectNode made) {
        waiting.remove(made);
        return made.put("available_on", store.now()).put("status", "available");
    }

    long available(String currency) {
        return sums("available").getOrDefault(currency, 0L);
    }

    private Map<String, Long> sums(String status) {
        var sums = new TreeMap<String, Long>();
        for (ObjectNode one : store.newestFirst(Kind.BALANCE_TRANSACTION)) {
            if (one.path("status").asString().equals(status)) {
                sums.merge(one.path("currency").asString(), one.path("net").asLong(), Long::sum);
            }
        }
        return sums;
    }

    private ObjectNode balance() {
        var balance = Json.object().put("object", "balance");
        showSums(balance, "available");
        balance.put("livemode", false);
        showSums(balance, "pending");
        return balance;
    }

    private void showSums(ObjectNode balance, String status) {
        var shown = balance.putArray(status);
        sums(status)
                .forEach((currency, net) ->
                        shown.addObject()
                                .put("amount", net)
                                .put("currency", currency)
                                .putObject("source_types")
                                .put("card", net));
    }

    private void tellAvailable() {
        var _ = events.record("balance.available", balance(), Cause.NOT_THE_API);
    }

    /** Makes available what has waited long enough. */
    void runDue() {
        long now = store.now();
        boolean some = !waiting.isEmpty() && waiting.peek().path("available_on").asLong() <= now;
        while (!waiting.isEmpty() && waiting.peek().path("available_on").asLong() <= now) {
            waiting.remove().put("status", "available");
        }
        if (some) {
            tellAvailable();
        }
    }

    private ObjectNode add(
            Sort sort, ObjectNode source, long amount, long fee, String description) {
        var made = Json.object();
        String currency = source.path("currency").asString();
        made.put("id", Kind.BALANCE_TRANSACTION.newId());
        made.put("object", "balance_transaction");
        made.put("amount", amount);
        made.put("available_on", store.now() + UNTIL_AVAILABLE.toSeconds());
        made.put("balance_type", "payments");
        made.put("created", store.now());
        made.put("currency", currency);
        made.put("description", description.isEmpty() ? null : description);
        made.putNull("exchange_rate");
        made.put("fee", fee);
        var details = made.putArray("fee_details");
        if (fee > 0) {
            details.addObject()
                    .put("amount", fee)
                    .putNull("application")
                    .put("currency", currency)
                    .put("description", "Stripe processing fees")
                    .put("type", "stripe_fee");
        }
        made.put("net", amount - fee);
        made.put("reporting_category", sort.reportingCategory());
        made.put("source", source.path("id").asString());
        made.put("status", "pending");
        made.put("type", sort.type());
        if (waiting.size() >= MOST_WAITING) {
            waiting.remove().put("status", "available");
        }
        waiting.add(made);
        return store.put(Kind.BALANCE_TRANSACTION, made);
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        Predicate<ObjectNode> wanted =
                Page.created(params)
                        .and(Page.equal(params, "type"))
                        .and(Page.equal(params, "currency"))
                        .and(Page.equal(params, "source"));
        if (params.has("payout")) {
            throw Refusal.notImitated("payout", "payouts");
        }
        return Page.of(
                call, store.newestFirst(Kind.BALANCE_TRANSACTION).stream().filter(wanted).toList());
    }

    private static boolean isCard(ObjectNode charge) {
        return charge.path("payment_method_details").path("type").asString("").equals("card");
    }

    private static long fixed(ObjectNode source, long cents) {
        return Amounts.decimals(source.path("currency").asString()) == 2 ? cents : 0;
    }
}
