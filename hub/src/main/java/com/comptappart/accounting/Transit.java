package com.comptappart.accounting;

import com.comptappart.invoice.IssuedDocument;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Money;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What documents say that Stripe received: on its account before its statement was read, in transit
 * until the statement says so since.
 *
 * <p>What documents in other currencies put there in euros is remembered until the line of the
 * statement takes it out again, so that rounding and exchange leave nothing behind.
 */
final class Transit {

    private static final int MOST_REMEMBERED = 100_000;

    private record Key(String reference, String currency) {}

    /** In a currency's minor units and in euro cents. */
    private static final class Sum {
        private long minor;
        private long cents;

        private void add(Funds funds) {
            minor = Math.addExact(minor, funds.gross());
            cents = Math.addExact(cents, funds.euro());
        }
    }

    private final Accounts accounts;
    private final @Nullable LocalDate began;
    private final Map<String, Sum> before = new TreeMap<>();
    private final Map<Key, Sum> waiting = new LinkedHashMap<>();

    /**
     * @param began the first day of Stripe's statement; null where it is not read
     */
    Transit(Accounts accounts, @Nullable LocalDate began) {
        this.accounts = accounts;
        this.began = began;
    }

    /** What paid a document, together its total. */
    List<Funds> of(IssuedDocument document, long gross, long euro) {
        boolean isBefore = began == null || document.issueDate().isBefore(began);
        var stripe = isBefore ? accounts.stripe() : accounts.transit();
        var funds = Funds.of(accounts, stripe, document, gross, euro);
        for (Funds each : funds) {
            if (each.account().equals(stripe)) {
                remember(document, each, isBefore);
            }
        }
        return funds;
    }

    private void remember(IssuedDocument document, Funds funds, boolean isBefore) {
        var currency = document.content().currency();
        if (isBefore) {
            before.computeIfAbsent(currency.code(), _ -> new Sum()).add(funds);
        } else if (!currency.equals(Currency.EUR)) {
            var key = new Key(document.content().payment().reference(), currency.code());
            waiting.computeIfAbsent(key, _ -> new Sum()).add(funds);
            if (waiting.size() > MOST_REMEMBERED) {
                waiting.remove(waiting.keySet().iterator().next());
            }
        }
    }

    /**
     * What documents put in transit for a payment or a refund, in euro cents; empty where they
     * don't tell of all of it.
     */
    OptionalLong take(String reference, Money source) {
        var key = new Key(reference, source.currency().code());
        var sum = waiting.get(key);
        if (sum == null || sum.minor != source.minor()) {
            return OptionalLong.empty();
        }
        waiting.remove(key);
        return OptionalLong.of(sum.cents);
    }

    /** What documents had put on Stripe's account before the statement, of each currency. */
    List<Booking.Part> carried() {
        return before.entrySet().stream()
                .map(each ->
                        new Booking.Part(
                                accounts.stripe(),
                                each.getValue().cents,
                                new Money(each.getValue().minor, new Currency(each.getKey()))))
                .toList();
    }
}
