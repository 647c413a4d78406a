package com.comptappart.stripe;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Buyer;
import com.comptappart.order.Delivery;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Payment;
import com.comptappart.partner.Seller;
import com.comptappart.stripe.Charged.Discount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Orders of every VAT regime, rate, currency, language and length, read as Stripe's facts are read;
 * the same for the same seed.
 */
final class GeneratedOrders {

    private static final List<String> CURRENCIES =
            List.of("EUR", "EUR", "EUR", "USD", "GBP", "JPY", "KWD", "CHF", "XOF");
    private static final List<String> LOCALES = List.of("fr", "en", "de", "fr-CA", "en-GB");
    private static final List<String> RATES = List.of("20", "10", "5.5", "2.1", "8.5");
    private static final List<String> NAMES =
            List.of(
                    "Marie Martin",
                    "Œuvres & Fils <SARL>",
                    "José Muñoz",
                    "Łukasz Żółć",
                    "Ελένη Παππά",
                    "محمد بن عبد الله",
                    "山田 太郎",
                    "Zoë 🎉");
    private static final List<String> THINGS =
            List.of(
                    "Déclaration d'impôts – Formule « Complète »",
                    "Guide de l'été",
                    "Œuf dur",
                    "Abonnement (janvier → février)",
                    "Livre");

    /** What Stripe and the seller make of a sale. */
    enum Regime {
        HOME,
        OWN_RATES,
        OSS,
        REVERSE,
        TO_UNION,
        EXPORT,
        ABROAD,
        EXEMPT,
        OUTSIDE,
        UNEXPLAINED,
        DISCOUNTED,
        GIFT
    }

    private final Seller seller;
    private final Random random;

    GeneratedOrders(Seller seller, long seed) {
        this.seller = seller;
        this.random = new Random(seed);
    }

    PaidOrder order(int i) {
        var regime = Regime.values()[i % Regime.values().length];
        var currency = new Currency(CURRENCIES.get(i % CURRENCIES.size()));
        var sale = sale(regime, currency, i);
        var charged = new ArrayList<Charged>();
        int lines = length(i);
        for (int line = 0; line < lines; line++) {
            charged.add(line(regime, currency, line));
        }
        var taxed = LineTax.of(charged, sale);
        return new PaidOrder(
                "",
                Environment.PRODUCTION,
                "cs_" + i,
                "evt_" + i,
                PartnerId.UNASSIGNED,
                sale.buyer(),
                currency,
                taxed.lines(),
                new Payment(
                        Instant.parse("2026-11-24T10:00:00Z"),
                        i % 3 == 0 ? "sepa_debit" : "card",
                        "4242",
                        "pi_" + i),
                "one_time",
                null,
                List.of(),
                "[]",
                Map.of(),
                String.join("; ", taxed.attention()),
                sale.delivery());
    }

    private static int length(int i) {
        if (i % 333 == 0) {
            return 1_000;
        }
        return i % 50 == 0 ? 100 : 1 + i % 7;
    }

    private SaleVat sale(Regime regime, Currency currency, int i) {
        String country =
                switch (regime) {
                    case OSS, REVERSE, TO_UNION -> i % 2 == 0 ? "DE" : "ES";
                    case EXPORT, ABROAD -> i % 2 == 0 ? "US" : "GB";
                    default -> "FR";
                };
        boolean foreignBusiness = regime == Regime.REVERSE || regime == Regime.TO_UNION;
        boolean frenchBusiness = country.equals("FR") && i % 5 == 0;
        String number = foreignBusiness ? country + "123456789" : null;
        var buyer =
                new Buyer(
                        NAMES.get(i % NAMES.size()),
                        "buyer" + i + "@example.com",
                        null,
                        "1 rue des Écoles",
                        null,
                        "75011",
                        "Paris",
                        country,
                        frenchBusiness ? "732829320" : null,
                        frenchBusiness ? "FR44732829320" : number,
                        foreignBusiness || frenchBusiness,
                        LOCALES.get(i % LOCALES.size()));
        return new SaleVat(seller, buyer, delivery(regime, country), "none", "", currency);
    }

    private static @Nullable Delivery delivery(Regime regime, String country) {
        return switch (regime) {
            case TO_UNION, EXPORT ->
                    new Delivery("Dépôt", "2 quai", null, "10115", "Ailleurs", country);
            default -> null;
        };
    }

    private Charged line(Regime regime, Currency currency, int line) {
        long quantity = 1 + random.nextInt(4);
        long unit = currency.decimals() == 3 ? 10 : 1;
        long total =
                switch (random.nextInt(3)) {
                    case 0 -> unit * (1 + random.nextInt(9));
                    case 1 -> unit * (100 + random.nextInt(20_000));
                    default -> unit * (1_000 + random.nextInt(1_000_000));
                };
        boolean goods = regime == Regime.TO_UNION || regime == Regime.EXPORT;
        String rate = RATES.get(random.nextInt(RATES.size()));
        long charged = regime == Regime.GIFT ? 0 : total;
        long discount = regime == Regime.DISCOUNTED ? total / 3 : regime == Regime.GIFT ? total : 0;
        return new Charged(
                "prod_" + line,
                THINGS.get(random.nextInt(THINGS.size())),
                quantity,
                charged,
                discount == 0 ? Discount.NONE : new Discount(discount, false),
                "",
                new ProductVat(
                        regime == Regime.OWN_RATES || regime == Regime.DISCOUNTED ? rate : "",
                        goods ? "goods" : line % 5 == 4 ? "goods" : "services",
                        regime == Regime.EXEMPT ? "VATEX-FR-CGI261-4" : ""),
                tax(regime, charged, rate),
                List.of(),
                "",
                false);
    }

    private static StripeTax tax(Regime regime, long total, String rate) {
        return switch (regime) {
            case HOME -> taxed(total, rate, "FR");
            case OSS -> taxed(total, "19", "DE");
            case REVERSE -> new StripeTax(true, 0, "0", "DE", "reverse_charge");
            case TO_UNION -> new StripeTax(true, 0, "0", "DE", "zero_rated");
            case EXPORT, ABROAD, UNEXPLAINED -> new StripeTax(true, 0, "0", "", "not_collecting");
            case OUTSIDE -> new StripeTax(true, 0, "0", "FR", "not_subject_to_tax");
            case OWN_RATES, EXEMPT, DISCOUNTED, GIFT -> StripeTax.NONE;
        };
    }

    /** As Stripe computes an inclusive tax: by line, half up. */
    private static StripeTax taxed(long total, String percentage, String country) {
        var rate = new BigDecimal(percentage);
        long tax =
                BigDecimal.valueOf(total)
                        .multiply(rate)
                        .divide(rate.add(BigDecimal.valueOf(100)), 0, RoundingMode.HALF_UP)
                        .longValueExact();
        return new StripeTax(true, tax, percentage, country, "standard_rated");
    }
}
