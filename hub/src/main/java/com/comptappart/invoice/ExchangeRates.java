package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Misconfigured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Converts the VAT of invoices in other currencies, at the European Central Bank's rate of the day
 * of the payment, or the last before it (CGI art. 266, 1 bis).
 */
@Component
class ExchangeRates {

    /** Tied to the euro by treaty or decree, so that the bank publishes none. */
    private static final Map<String, BigDecimal> FIXED =
            Map.of(
                    "XOF", new BigDecimal("655.957"),
                    "XAF", new BigDecimal("655.957"),
                    "KMF", new BigDecimal("491.96775"),
                    "XPF", new BigDecimal("119.3317422"));

    private static final int MOST_FILES = 1_000;

    private final String path;
    private final Map<String, BigDecimal> configured;
    private Map<Path, FileTime> seen = Map.of();
    private EcbRates published = EcbRates.NONE;
    private String trouble = "";

    ExchangeRates(ExchangeProperties properties) {
        this.path = properties.file();
        this.configured = configured(properties.rates());
    }

    private static Map<String, BigDecimal> configured(String text) {
        Map<String, BigDecimal> rates = new HashMap<>();
        for (String pair : text.split(",", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            if (!pair.strip().matches("[A-Z]{3}=[0-9]{1,9}(\\.[0-9]{1,10})?")
                    || pair.strip().matches("[A-Z]{3}=[0.]+")) {
                throw new Misconfigured(
                        "COMPTAPPART_EXCHANGE_RATES must be units for one euro, such as"
                                + " USD=1.0850,KWD=0.334, not '"
                                + pair.strip()
                                + "'");
            }
            rates.put(pair.strip().substring(0, 3), new BigDecimal(pair.strip().substring(4)));
        }
        return rates;
    }

    /**
     * A rate and who says so.
     *
     * @param units of the currency for one euro
     */
    private record Known(BigDecimal units, LocalDate day, String source) {}

    /**
     * The invoice with its VAT in euros, where its currency is another.
     *
     * @throws RateUnknown in production, while no rate is known; a test's is converted one to one
     */
    InvoiceContent convert(InvoiceContent invoice) {
        var currency = invoice.currency();
        if (currency.equals(Currency.EUR)) {
            return invoice;
        }
        if (invoice.vat() == 0) {
            return invoice.withEuroVat(new EuroVat(0, null, null, null));
        }
        var known =
                known(invoice)
                        .orElseThrow(
                                () -> new RateUnknown(currency, invoice.supplyDate(), trouble));
        long cents = EuroVat.cents(invoice.vat(), currency.decimals(), known.units());
        return invoice.withEuroVat(new EuroVat(cents, known.units(), known.day(), known.source()));
    }

    /**
     * Units of the currency for one euro: as the document froze it, otherwise as it would have been
     * had there been VAT to convert; empty where nobody says it.
     */
    Optional<BigDecimal> units(InvoiceContent invoice) {
        if (invoice.currency().equals(Currency.EUR)) {
            return Optional.of(BigDecimal.ONE);
        }
        var frozen = invoice.euroVat();
        return frozen == null || frozen.rate() == null
                ? known(invoice).map(Known::units)
                : Optional.of(frozen.rate());
    }

    /** Units of a currency for one euro on a day, as an invoice of that day would have them. */
    Optional<BigDecimal> units(Environment environment, Currency currency, LocalDate day) {
        return currency.equals(Currency.EUR)
                ? Optional.of(BigDecimal.ONE)
                : known(environment, currency, day).map(Known::units);
    }

    private Optional<Known> known(InvoiceContent invoice) {
        return known(invoice.environment(), invoice.currency(), invoice.supplyDate());
    }

    private Optional<Known> known(Environment environment, Currency currency, LocalDate day) {
        String code = currency.code();
        if (FIXED.containsKey(code)) {
            return Optional.of(new Known(FIXED.get(code), day, EuroVat.FIXED));
        }
        if (configured.containsKey(code)) {
            return Optional.of(new Known(configured.get(code), day, EuroVat.BY_SELLER));
        }
        return published()
                .of(code, day)
                .map(rate -> new Known(rate.units(), rate.day(), EuroVat.BY_ECB))
                .or(() ->
                        environment.livemode()
                                ? Optional.empty()
                                : Optional.of(new Known(BigDecimal.ONE, day, EuroVat.OF_TEST)));
    }

    /** Read again whenever a file changed: a rate that is given later needs no restart. */
    private synchronized EcbRates published() {
        if (path.isBlank()) {
            return EcbRates.NONE;
        }
        try {
            var now = files(Path.of(path));
            if (!now.equals(seen)) {
                seen = now;
                published = EcbRates.read(List.copyOf(now.keySet()));
            }
            trouble = "";
        } catch (IllegalArgumentException | UncheckedIOException e) {
            // What was read before still holds; whose invoice waits is told why.
            trouble = String.valueOf(e.getMessage());
            seen = Map.of();
        }
        return published;
    }

    private static Map<Path, FileTime> files(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return Map.of(path, Files.getLastModifiedTime(path));
            }
            Map<Path, FileTime> times = new TreeMap<>();
            try (Stream<Path> listed = Files.list(path)) {
                for (Path file :
                        listed.filter(each -> each.toString().endsWith(".csv"))
                                .sorted()
                                .limit(MOST_FILES)
                                .toList()) {
                    times.put(file, Files.getLastModifiedTime(file));
                }
            }
            return times;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
