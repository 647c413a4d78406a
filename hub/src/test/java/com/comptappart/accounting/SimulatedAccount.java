package com.comptappart.accounting;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;

/**
 * An account at Stripe as sales make it: each is settled in its own currency where the seller has a
 * bank account in it, else in euros at a rate of Stripe's own; fees go off, and what is there is
 * paid out.
 */
final class SimulatedAccount {

    /** Euros for one unit; other than the rates that documents are converted with. */
    private static final Map<String, String> CHANGED =
            Map.of("jpy", "0.0057123", "kwd", "2.9471", "xof", "0.0015093");

    private final StatementForTests statement;
    private int lines;

    SimulatedAccount(StatementForTests statement) {
        this.statement = statement;
    }

    /** How many lines the statement has. */
    int lines() {
        return lines;
    }

    Map<String, BigDecimal> balance() {
        return statement.balance();
    }

    /** Nothing moves where nothing was due. */
    void charged(GeneratedSale generated, Instant at) {
        long total = generated.sale().total();
        if (total == 0) {
            return;
        }
        String settled = settled(generated);
        long amount = amount(generated, total);
        long fee = 25 + amount * 15 / 1_000;
        String id = generated.sale().id();
        var line = statement.charge(id, amount, fee, settled, at);
        if (isChanged(generated)) {
            line.put("exchange_rate", new BigDecimal(CHANGED.get(generated.stripeCurrency())));
            StatementForTests.charged(line, id, total, generated.stripeCurrency());
        }
        lines++;
    }

    void refunded(GeneratedSale generated, int number, Instant at) {
        long minor = generated.refunds().get(number);
        var line =
                statement.refund(
                        generated.refund(number),
                        "refund",
                        -amount(generated, minor),
                        settled(generated),
                        at);
        if (isChanged(generated)) {
            line.putObject("source")
                    .put("id", generated.refund(number))
                    .put("object", "refund")
                    .put("amount", minor)
                    .put("currency", generated.stripeCurrency());
        }
        lines++;
    }

    /** Two thirds of what is there go to the bank, and Stripe takes its fee of the day. */
    void paidOut(int day, Instant at) {
        for (String currency : new String[] {"eur", "usd", "gbp", "chf"}) {
            long part = statement.balance(currency) * 2 / 3;
            if (part > 0) {
                String id = "txn_payout_" + day + "_" + currency;
                statement.line(id, "payout", "payout", -part, 0, currency, at);
                lines++;
            }
        }
        statement.line("txn_radar_" + day, "stripe_fee", "fee", -120, 0, "eur", at);
        statement.line("txn_tax_" + day, "tax_fee", "tax", -24, 0, "eur", at);
        lines += 2;
    }

    private static boolean isChanged(GeneratedSale generated) {
        return CHANGED.containsKey(generated.stripeCurrency());
    }

    private static String settled(GeneratedSale generated) {
        return isChanged(generated) ? "eur" : generated.stripeCurrency();
    }

    private static long amount(GeneratedSale generated, long minor) {
        if (!isChanged(generated)) {
            return minor;
        }
        return BigDecimal.valueOf(minor, generated.currency().decimals())
                .multiply(new BigDecimal(CHANGED.get(generated.stripeCurrency())))
                .movePointRight(2)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
