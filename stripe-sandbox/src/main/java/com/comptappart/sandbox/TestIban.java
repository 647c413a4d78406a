package com.comptappart.sandbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An IBAN that Stripe publishes for testing SEPA direct debits, and what the bank answers, after
 * what time. Source: docs.stripe.com/testing, "SEPA Direct Debit".
 */
record TestIban(String iban, Answer answer, Duration delay) {

    private static final Duration LATER = Duration.ofMinutes(3);
    private static final Map<String, TestIban> PUBLISHED = new LinkedHashMap<>();
    private static final Map<String, TestIban> NAMES = new LinkedHashMap<>();

    static {
        country(
                "FR1420041010050500013M02606",
                "FR3020041010050500013M02609",
                "FR8420041010050500013M02607",
                "FR7920041010050500013M02600",
                "FR5720041010050500013M02608",
                "FR9720041010050000000343434",
                "FR5920041010050000000121212",
                "FR9720041010050000002222227");
        country(
                "AT611904300234573201",
                "AT321904300235473204",
                "AT861904300235473202",
                "AT051904300235473205",
                "AT591904300235473203",
                "AT981904300000343434",
                "AT601904300000121212",
                "AT981904300002222227");
        country(
                "DE89370400440532013000",
                "DE08370400440532013003",
                "DE62370400440532013001",
                "DE78370400440532013004",
                "DE35370400440532013002",
                "DE65370400440000343434",
                "DE27370400440000121212",
                "DE65370400440002222227");
        country(
                "BE62510007547061",
                "BE78510007547064",
                "BE68539007547034",
                "BE51510007547065",
                "BE08510007547063",
                "BE90510000343434",
                "BE52510000121212",
                "BE90510002222227");
    }

    sealed interface Answer {}

    record Pays() implements Answer {}

    record PaysAndDisputes() implements Answer {}

    /**
     * @param chargeCode what the charge says in {@code failure_code}
     * @param intentCode what the payment intent says, which knows fewer codes
     */
    record Fails(String chargeCode, String intentCode) implements Answer {}

    /** The account of this IBAN, spaces and case aside, when it is one of the published ones. */
    static Optional<TestIban> of(String typed) {
        return Optional.ofNullable(
                PUBLISHED.get(typed.replaceAll("\\s", "").toUpperCase(Locale.ROOT)));
    }

    /** By the end of a name like {@code pm_sepaDebit_success_fr}. */
    static Optional<TestIban> named(String scenarioAndCountry) {
        return Optional.ofNullable(NAMES.get(scenarioAndCountry));
    }

    String country() {
        return iban.substring(0, 2);
    }

    String last4() {
        return iban.substring(iban.length() - 4);
    }

    String bankCode() {
        return iban.substring(4, 9);
    }

    /** The branch, in the countries whose IBAN shows one. */
    @Nullable String branchCode() {
        return country().equals("FR") ? iban.substring(9, 14) : null;
    }

    private static void country(
            String success,
            String successDelayed,
            String failed,
            String failedDelayed,
            String disputed,
            String volumeLimit,
            String transactionLimit,
            String insufficientFunds) {
        var refused = new Fails("debit_not_authorized", "debit_not_authorized");
        add("success", success, new Pays(), Duration.ZERO);
        add("successDelayed", successDelayed, new Pays(), LATER);
        add("failed", failed, refused, Duration.ZERO);
        add("failedDelayed", failedDelayed, refused, LATER);
        add("disputed", disputed, new PaysAndDisputes(), Duration.ZERO);
        add(
                "exceedsWeeklyVolumeLimit",
                volumeLimit,
                new Fails("charge_exceeds_source_limit", "charge_exceeds_source_limit"),
                Duration.ZERO);
        add(
                "exceedsWeeklyTransactionLimit",
                transactionLimit,
                new Fails("charge_exceeds_weekly_limit", "charge_exceeds_transaction_limit"),
                Duration.ZERO);
        add(
                "insufficientFunds",
                insufficientFunds,
                new Fails("insufficient_funds", "insufficient_funds"),
                Duration.ZERO);
    }

    private static void add(String name, String iban, Answer answer, Duration delay) {
        var account = new TestIban(iban, answer, delay);
        PUBLISHED.put(iban, account);
        NAMES.put(name + "_" + account.country().toLowerCase(Locale.ROOT), account);
    }
}
