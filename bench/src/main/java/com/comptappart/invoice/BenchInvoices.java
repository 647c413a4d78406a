package com.comptappart.invoice;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.VatCategory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Invoices of four lines and two rates, none like the one before it. */
final class BenchInvoices {

    private static final int MANY = 512;
    static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final String[] NAMES = {
        "Zoé Lefèvre", "Œuvres & Fils", "Jean-Baptiste de la Tour d'Auvergne", "Anaïs Noël"
    };

    private final List<NumberedInvoice> all = new ArrayList<>();
    private int next;

    BenchInvoices() {
        for (int i = 0; i < MANY; i++) {
            all.add(invoice(i));
        }
    }

    /** What they say, as the hub keeps it. */
    static List<String> contents() {
        var json = JsonMapper.builder().build();
        return new BenchInvoices()
                .all.stream().map(each -> json.writeValueAsString(each.content())).toList();
    }

    NumberedInvoice next() {
        next = (next + 1) % MANY;
        return all.get(next);
    }

    private static NumberedInvoice invoice(int number) {
        var sample = SampleInvoice.of().content();
        var buyer =
                new Party(
                        NAMES[number % NAMES.length] + " " + number,
                        "client" + number + "@exemple.example",
                        null,
                        number % 90 + " allée de l'Été",
                        null,
                        Integer.toString(10_000 + number * 150),
                        "Saint-Étienne-du-Rouvray",
                        "FR",
                        null,
                        null,
                        false);
        var content =
                new InvoiceContent(
                        Environment.PRODUCTION,
                        sample.seller(),
                        buyer,
                        Currency.EUR,
                        List.of(
                                line(
                                        "Déclaration n° " + number + " – formule « Complète »",
                                        1,
                                        8_332 + number,
                                        "20"),
                                line(
                                        "Accompagnement à l'année, sur rendez-vous",
                                        2,
                                        24_165 + number,
                                        "20"),
                                line(
                                        "Guide de l'été 2026 • édition reliée",
                                        3,
                                        4_265 + number,
                                        "5.5"),
                                line("Livraison (Colissimo)", 1, 575, "20")),
                        new Payment(
                                Instant.parse("2026-11-23T14:32:18Z"),
                                "card",
                                "4242",
                                "pi_3QMqH82eZvKYlo2C0xzQ" + number),
                        DAY,
                        Nature.MIXED,
                        "fr",
                        Integer.toString(number),
                        new Terms(
                                LegalTexts.builtIn().notes(sample.seller(), buyer, false, "", DAY),
                                null,
                                null));
        return new NumberedInvoice("FAC-2026-" + (100_000 + number), DAY, content);
    }

    private static InvoiceLine line(String name, long quantity, long net, String rate) {
        var percent = new BigDecimal(rate);
        long vat =
                BigDecimal.valueOf(net)
                        .multiply(percent)
                        .movePointLeft(2)
                        .setScale(0, java.math.RoundingMode.HALF_UP)
                        .longValue();
        return new InvoiceLine(
                name, quantity, net, vat, percent, VatCategory.S, null, Nature.SERVICES);
    }
}
