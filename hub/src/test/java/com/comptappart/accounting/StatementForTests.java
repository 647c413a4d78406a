package com.comptappart.accounting;

import com.comptappart.kernel.Currency;
import com.comptappart.testing.StripeStub;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's statement of the account, and the balance that it makes. */
final class StatementForTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StripeStub stripe;
    private final Map<String, Long> balance = new TreeMap<>();

    StatementForTests(StripeStub stripe) {
        this.stripe = stripe;
        stripe.lists().know("/v1/balance_transactions");
        hold("eur", 0);
    }

    /** Moves Stripe's balance, as something did of which there is no line. */
    StatementForTests hold(String currency, long minor) {
        balance.merge(currency, minor, Long::sum);
        var json = JSON.createObjectNode().put("object", "balance");
        json.putArray("available");
        var pending = json.putArray("pending");
        balance.forEach(
                (code, sum) -> pending.addObject().put("amount", sum).put("currency", code));
        stripe.put("balance", json.toString());
        return this;
    }

    /** What Stripe holds, by currency. */
    Map<String, BigDecimal> balance() {
        Map<String, BigDecimal> held = new TreeMap<>();
        balance.forEach((code, minor) -> {
            var currency = Currency.ofStripe(code);
            held.put(currency.code(), BigDecimal.valueOf(minor, currency.decimals()));
        });
        return held;
    }

    long balance(String currency) {
        return balance.getOrDefault(currency, 0L);
    }

    /** A line that moves the balance by the amount less the fee. */
    ObjectNode line(
            String id,
            String type,
            String category,
            long amount,
            long fee,
            String currency,
            Instant at) {
        var line =
                JSON.createObjectNode()
                        .put("id", id)
                        .put("object", "balance_transaction")
                        .put("amount", amount)
                        .put("available_on", at.plusSeconds(7 * 86_400).getEpochSecond())
                        .put("balance_type", "payments")
                        .put("created", at.getEpochSecond())
                        .put("currency", currency)
                        .put("fee", fee)
                        .put("net", amount - fee)
                        .put("reporting_category", category)
                        .put("status", "pending")
                        .put("type", type);
        line.putNull("exchange_rate").putNull("description").putNull("source");
        var details = line.putArray("fee_details");
        if (fee != 0) {
            details.addObject()
                    .put("amount", fee)
                    .put("currency", currency)
                    .put("type", "stripe_fee");
        }
        stripe.lists().add("", "/v1/balance_transactions", line);
        hold(currency, amount - fee);
        return line;
    }

    /** A card payment of a sale of that name. */
    ObjectNode charge(String sale, long amount, long fee, String currency, Instant at) {
        var line = line("txn_" + sale, "charge", "charge", amount, fee, currency, at);
        charged(line, sale, amount, currency);
        return line;
    }

    /** The charge that a line is of, in the currency in which the buyer paid. */
    static void charged(ObjectNode line, String sale, long amount, String currency) {
        line.putObject("source")
                .put("id", "ch_" + sale)
                .put("object", "charge")
                .put("amount", amount)
                .put("amount_captured", amount)
                .put("currency", currency)
                .put("payment_intent", "pi_" + sale);
    }

    ObjectNode refund(String id, String category, long amount, String currency, Instant at) {
        var line = line("txn_" + category + id, category, category, amount, 0, currency, at);
        line.putObject("source")
                .put("id", id)
                .put("object", "refund")
                .put("amount", Math.abs(amount))
                .put("currency", currency);
        return line;
    }
}
