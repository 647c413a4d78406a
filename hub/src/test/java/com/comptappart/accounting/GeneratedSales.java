package com.comptappart.accounting;

import com.comptappart.kernel.Currency;
import com.comptappart.testing.Sale;
import com.comptappart.testing.Sale.Tax;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sales of every VAT regime, rate, currency, language, script and length, the same for the same
 * seed: lists of the regimes, currencies and names go round independently, shuffled, so that each
 * meets each.
 */
final class GeneratedSales {

    static final List<String> CURRENCIES =
            List.of("eur", "eur", "usd", "gbp", "jpy", "kwd", "chf", "xof");
    private static final List<String> LOCALES =
            List.of("fr", "en", "de", "fr-CA", "en-GB", "auto", "ja");

    /** In force on the mainland, overseas and in Corsica. */
    private static final List<String> RATES =
            List.of("20", "10", "5.5", "2.1", "8.5", "13", "1.75", "1.05", "0.9");

    private static final Map<String, String> RATES_ABROAD =
            Map.of("DE", "19", "ES", "21", "IT", "22", "PL", "23");
    private static final Map<String, String> RATES_OVERSEAS =
            Map.of("20", "8.5", "10", "2.1", "5.5", "2.1");

    /** By script. */
    private static final Map<String, String> NAMES =
            new TreeMap<>(
                    Map.of(
                            "latin", "Marie Martin",
                            "marked", "Œuvres & Fils <SARL> José Muñoz",
                            "polish", "Łukasz Żółć",
                            "greek", "Ελένη Παππά",
                            "cyrillic", "Иван Петров",
                            "arabic", "محمد بن عبد الله",
                            "japanese", "山田 太郎",
                            "korean", "김민준",
                            "emoji", "Zoë 🎉"));

    private static final List<String> THINGS =
            List.of(
                    "Déclaration d'impôts – Formule « Complète »",
                    "Guide de l'été",
                    "Œuf dur",
                    "Abonnement (janvier → février)",
                    "Οδηγός & 山田",
                    "Fauteuil à bascule en chêne massif des Vosges, assise paillée à la main, livré"
                            + " monté à l'étage de votre choix, reprise de l'ancien comprise");

    private final boolean exemptSeller;
    private final Random random;
    private final Set<String> rates = new TreeSet<>();

    GeneratedSales(boolean exemptSeller, long seed) {
        this.exemptSeller = exemptSeller;
        this.random = new Random(seed);
    }

    /** That many, each with a place in every list; a thousand meet all of all. */
    List<GeneratedSale> all(int count) {
        var regimes = goRound(List.of(Regime.values()), count);
        var currencies = goRound(CURRENCIES, count);
        var locales = goRound(LOCALES, count);
        var scripts = goRound(List.copyOf(NAMES.keySet()), count);
        var lengths = goRound(lengths(count), count);
        var sales = new ArrayList<GeneratedSale>();
        for (int i = 0; i < count; i++) {
            var facts =
                    List.of(
                            regimes.get(i).name(),
                            currencies.get(i),
                            locales.get(i),
                            scripts.get(i));
            sales.add(sale(i, regimes.get(i), facts, lengths.get(i)));
        }
        return sales;
    }

    private <T> List<T> goRound(List<T> list, int count) {
        var all = new ArrayList<T>();
        for (int i = 0; i < count; i++) {
            all.add(list.get(i % list.size()));
        }
        Collections.shuffle(all, random);
        return all;
    }

    /** Mostly a few lines, some a hundred, of 250 one a thousand. */
    private static List<Integer> lengths(int count) {
        var lengths = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            lengths.add(i % 250 == 249 ? 1_000 : i % 60 == 59 ? 101 : 1 + i % 9);
        }
        return lengths;
    }

    private GeneratedSale sale(int i, Regime regime, List<String> facts, int length) {
        String currency = facts.get(1);
        var sale = new Sale((exemptSeller ? "exempt" : "thousand") + i, currency);
        String place = regime.places().get(random.nextInt(regime.places().size()));
        String country = place.substring(0, 2);
        sale.buyer(NAMES.getOrDefault(facts.get(3), ""), country, facts.get(2));
        sale.address("1 rue des Écoles", place.substring(3), "Ville", "");
        giveNumbers(sale, regime, country);
        if (regime.isDelivered()) {
            sale.deliveredTo("Dépôt n° 2", "2 quai", place.substring(3), "Ville", country);
        }
        if (exemptSeller || !regime.isComputed()) {
            sale.untaxed();
        }
        rates.clear();
        for (int line = 0; line < length; line++) {
            line(sale, regime, currency, country, line);
        }
        if (regime.isDelivered() && i % 2 == 0) {
            deliver(sale, regime, currency, country);
        }
        if (sale.total() == 0) {
            sale.free();
        }
        return new GeneratedSale(
                sale,
                regime,
                Currency.ofStripe(currency),
                facts,
                taxes(regime),
                sale.keepLines(i % 4 == 3 ? 0 : 100),
                refunds(i, currency, sale.total()));
    }

    private void giveNumbers(Sale sale, Regime regime, String country) {
        if (!regime.isOfBusiness(random.nextInt(5) == 0)) {
            return;
        }
        switch (country) {
            case "FR" -> sale.taxId("eu_vat", "FR44732829320").taxId("fr_siren", "732829320");
            case "MC" -> sale.taxId("eu_vat", "FR44732829320");
            case "DE", "ES", "IT", "PL" -> sale.taxId("eu_vat", country + "123456789");
            default -> sale.taxId("us_ein", "12-3456789");
        }
    }

    private void line(Sale sale, Regime regime, String currency, String country, int line) {
        long unit = currency.equals("kwd") ? 10 : 1;
        long price =
                switch (random.nextInt(3)) {
                    // Of the least of taxes nothing is left.
                    case 0 -> unit * (regime.isForeignTax() ? 10 : 1 + random.nextInt(9));
                    case 1 -> unit * (100 + random.nextInt(20_000));
                    default -> unit * (1_000 + random.nextInt(1_000_000));
                };
        long discount =
                switch (regime) {
                    case GIFT -> price;
                    case DISCOUNTED -> price / 3 / unit * unit;
                    default -> 0;
                };
        String rate = RATES.get(random.nextInt(RATES.size()));
        var metadata = new TreeMap<>(Map.of("vat_rate", rate, "nature", regime.nature(line)));
        if (regime == Regime.EXEMPT) {
            metadata.put("vat_exemption", "VATEX-FR-CGI261-4");
        }
        sale.line(
                THINGS.get(random.nextInt(THINGS.size())),
                1 + random.nextInt(4),
                price - discount,
                discount,
                tax(regime, price - discount, rate, country),
                metadata);
    }

    /** With Stripe's tax where Stripe says one, else taxed as what is delivered. */
    private void deliver(Sale sale, Regime regime, String currency, String country) {
        long amount = currency.equals("kwd") ? 5_000 : 490 + random.nextInt(500);
        boolean isSaid = regime.isComputed() && !exemptSeller;
        sale.shipping(amount, isSaid ? tax(regime, amount, "20", country) : Tax.NONE);
    }

    private Tax tax(Regime regime, long total, String rate, String country) {
        if (exemptSeller) {
            return Tax.NONE;
        }
        if (regime.isForeignTax()) {
            String abroad = RATES_ABROAD.getOrDefault(country, "");
            rates.add(abroad);
            return taxed(total, abroad, country);
        }
        rates.add(regime == Regime.OVERSEAS ? RATES_OVERSEAS.getOrDefault(rate, rate) : rate);
        return regime.isFrenchTax() ? taxed(total, rate, "FR") : regime.zero();
    }

    /** As Stripe computes an inclusive tax: by line, half up. */
    private static Tax taxed(long total, String percentage, String country) {
        var rate = new BigDecimal(percentage);
        long tax =
                BigDecimal.valueOf(total)
                        .multiply(rate)
                        .divide(rate.add(BigDecimal.valueOf(100)), 0, RoundingMode.HALF_UP)
                        .longValueExact();
        return new Tax(tax, percentage, country, "standard_rated");
    }

    private Set<String> taxes(Regime regime) {
        String ground = exemptSeller ? regime.groundOfExemptSeller() : regime.ground();
        if (!ground.isEmpty()) {
            return Set.of(ground);
        }
        var taxes = new TreeSet<String>();
        rates.forEach(rate -> taxes.add("S " + rate));
        return taxes;
    }

    /** Every sixth is given back: a part, a part and the rest, or all at once. */
    private static List<Long> refunds(int i, String currency, long total) {
        long unit = currency.equals("kwd") ? 10 : 1;
        long part = total / 3 / unit * unit;
        if (i % 6 != 0 || part == 0) {
            return List.of();
        }
        return switch (i % 18) {
            case 0 -> List.of(part);
            case 6 -> List.of(part, total - part);
            default -> List.of(total);
        };
    }
}
