package com.comptappart.stripe;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import com.comptappart.kernel.Reason;
import com.comptappart.order.BalanceTransaction;
import com.comptappart.order.BalanceTransaction.Kind;
import com.comptappart.stripe.StripePlaces.Place;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads balance transactions and balances.
 *
 * <p>Source: Stripe's documentation, "Reporting categories" and "Balance transaction types"; the
 * category says more than the type, which calls a dispute and a correction the same.
 */
final class StatementReader {

    private static final String PAYMENTS = "payments";

    /** By reporting category; the types of before there were any are their own. */
    private static final Map<Kind, Set<String>> CATEGORIES =
            Map.of(
                    Kind.PAYMENT,
                    Set.of(
                            "charge",
                            "charge_failure",
                            "partial_capture_reversal",
                            "refund",
                            "refund_failure",
                            "payment",
                            "payment_refund",
                            "payment_failure_refund",
                            "payment_reversal"),
                    Kind.DISPUTE,
                    Set.of("dispute", "dispute_reversal"),
                    Kind.FEE,
                    Set.of("fee", "network_cost", "stripe_fee", "stripe_fx_fee"),
                    Kind.TAX,
                    Set.of("tax", "tax_fee"),
                    Kind.PAYOUT,
                    Set.of(
                            "payout",
                            "payout_reversal",
                            "payout_cancel",
                            "payout_failure",
                            "topup",
                            "topup_reversal"));

    private StatementReader() {}

    /**
     * @param json with its source expanded, where Stripe does that
     * @throws Unreadable where an amount, a currency or a time is missing
     */
    static BalanceTransaction read(Place place, JsonNode json) {
        String type = json.path("type").asString("");
        String category = json.path("reporting_category").asString(type);
        var currency = SessionFields.currency(json);
        long amount = SessionFields.signed(json, "amount");
        long net = SessionFields.signed(json, "net");
        var rate = json.path("exchange_rate");
        var source = json.path("source");
        return new BalanceTransaction(
                place.account(),
                place.environment(),
                SessionFields.id(json.path("id"), Reason.ID_IN_LIST.text()),
                kind(category),
                Clean.line(type),
                Clean.line(category),
                json.path("balance_type").asString(PAYMENTS).equals(PAYMENTS),
                currency,
                amount,
                // What it is less by, also where details come late.
                amount - net,
                taxes(json.path("fee_details")),
                json.path("fee_details").isArray() ? json.path("fee_details").toString() : "[]",
                rate.isNumber() ? rate.decimalValue() : null,
                SessionFields.reference(source, "source"),
                reference(json, source),
                money(source, amount, currency),
                moment(json, "created"),
                moment(json, "available_on"));
    }

    private static Kind kind(String category) {
        for (var each : CATEGORIES.entrySet()) {
            if (each.getValue().contains(category)) {
                return each.getKey();
            }
        }
        return Kind.OTHER;
    }

    private static long taxes(JsonNode details) {
        long taxes = 0;
        for (JsonNode detail : details) {
            if (detail.path("type").asString("").equals("tax")) {
                taxes += SessionFields.signed(detail, "amount");
            }
        }
        return taxes;
    }

    /** What our documents call it. */
    private static String reference(JsonNode json, JsonNode source) {
        String id = SessionFields.reference(source, "source");
        String intent =
                source.path("object").asString("").equals("charge")
                        ? SessionFields.reference(source.path("payment_intent"), "payment_intent")
                        : "";
        if (!intent.isEmpty()) {
            return intent;
        }
        return id.isEmpty() ? SessionFields.required(json, "id") : id;
    }

    /** What the buyer paid or got, in the currency of that; the amount itself where it is that. */
    private static Money money(JsonNode source, long amount, Currency currency) {
        var charged = currencyOf(source);
        if (charged == null || charged.equals(currency)) {
            return new Money(amount, currency);
        }
        boolean captured = source.path("amount_captured").asLong(0) > 0;
        long minor = SessionFields.signed(source, captured ? "amount_captured" : "amount");
        return new Money(Long.signum(amount) * Math.abs(minor), charged);
    }

    private static @Nullable Currency currencyOf(JsonNode source) {
        return source.path("currency").isString() ? SessionFields.currency(source) : null;
    }

    private static Instant moment(JsonNode json, String field) {
        var moment = SessionFields.moment(json.path(field));
        if (moment == null) {
            throw new Unreadable(Reason.FIELD_MISSING.text(field));
        }
        return moment;
    }

    /** Pending and available together, by currency. */
    static Map<Currency, Long> balance(JsonNode json) {
        var sums = new TreeMap<Currency, Long>(java.util.Comparator.comparing(Currency::code));
        for (String status : Set.of("available", "pending")) {
            for (JsonNode part : json.path(status)) {
                sums.merge(
                        SessionFields.currency(part),
                        SessionFields.signed(part, "amount"),
                        Math::addExact);
            }
        }
        return sums;
    }
}
