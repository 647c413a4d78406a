package com.comptappart.accounting;

import com.comptappart.testing.FecForTests;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The VAT in the books: each French rate on an account of its own, other states' on one. */
final class VatAccounts {

    private static final String ONE_STOP_SHOP = "445718";
    private static final Map<String, String> BY_RATE =
            Map.of(
                    "20", "4457120", "10", "4457110", "5.5", "4457155", "2.1", "4457121", "8.5",
                    "4457185", "13", "4457113", "1.75", "4457175", "1.05", "4457105", "0.9",
                    "4457109");

    /** Of {@code comptappart.accounting.rates}. */
    static final String SETTING =
            BY_RATE.entrySet().stream()
                    .map(rate -> "vat-" + rate.getKey() + "=" + rate.getValue())
                    .collect(java.util.stream.Collectors.joining(","));

    private final FecForTests fec;

    VatAccounts(FecForTests fec) {
        this.fec = fec;
    }

    static String account(String rate) {
        return BY_RATE.getOrDefault(rate, ONE_STOP_SHOP);
    }

    /** What is owed on each account by documents in euros. */
    Map<String, BigDecimal> ofEuroDocuments(IssuedForTests documents) {
        return sums(documents::isInEuros, line -> line.get("CompteNum"));
    }

    /** What is owed by each document in another currency. */
    Map<String, BigDecimal> ofOtherDocuments(IssuedForTests documents) {
        return sums(number -> !documents.isInEuros(number), line -> line.get("PieceRef"));
    }

    private Map<String, BigDecimal> sums(
            Predicate<String> isOf, Function<Map<String, String>, String> key) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (var line : fec.lines()) {
            if (line.get("CompteNum").startsWith("4457") && isOf.test(line.get("PieceRef"))) {
                var credit = FecForTests.amount(line.get("Credit"));
                var debit = FecForTests.amount(line.get("Debit"));
                sums.merge(key.apply(line), credit.subtract(debit), BigDecimal::add);
            }
        }
        sums.values().removeIf(sum -> sum.signum() == 0);
        return sums;
    }
}
