package com.comptappart.invoice;

import static com.comptappart.invoice.InvoicesForTests.company;
import static com.comptappart.invoice.InvoicesForTests.consumer;
import static com.comptappart.invoice.InvoicesForTests.creditNote;
import static com.comptappart.invoice.InvoicesForTests.line;
import static com.comptappart.invoice.InvoicesForTests.seller;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.VatCategory;
import com.comptappart.kernel.VatTreatment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** A document of each VAT regime, currency and mention. */
final class RegimesForTests {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    private RegimesForTests() {}

    static Stream<Arguments> documents() {
        var german = business("Müller GmbH", "DE", "DE123456789");
        var american = person("John Smith", "US");
        var reversed = of("VATEX-EU-AE", VatCategory.AE);
        return Stream.of(
                document("reverse-charge", german, Currency.EUR, null, reversed),
                document(
                        "reverse-charge-france",
                        company(),
                        Currency.EUR,
                        null,
                        of("VATEX-FR-AE", VatCategory.AE)),
                document(
                        "intra-community",
                        german,
                        Currency.EUR,
                        new DeliverTo("Lager", "Hafenstr. 1", null, "20457", "Hamburg", "DE"),
                        of("VATEX-EU-IC", VatCategory.K)),
                document("export", american, Currency.EUR, null, of("VATEX-EU-G", VatCategory.G)),
                document(
                        "abroad",
                        business("Smith Ltd", "GB", null),
                        Currency.EUR,
                        null,
                        of("SUPPLIED-ABROAD", VatCategory.O)),
                document(
                        "outside-scope",
                        consumer("Marie Martin"),
                        Currency.EUR,
                        null,
                        of("OUTSIDE-SCOPE", VatCategory.O)),
                document(
                        "exempt",
                        consumer("Marie Martin"),
                        Currency.EUR,
                        null,
                        of("VATEX-FR-CGI261-4", VatCategory.E)),
                document(
                        "exempt-without-article",
                        consumer("Marie Martin"),
                        Currency.EUR,
                        null,
                        of("PRODUCT-EXEMPT", VatCategory.E)),
                document(
                        "zero",
                        consumer("Marie Martin"),
                        Currency.EUR,
                        null,
                        of("", VatCategory.Z)),
                Arguments.of(
                        "oss",
                        withNotes(
                                base(
                                        person("Jürgen Groß", "DE"),
                                        Currency.EUR,
                                        List.of(
                                                line(
                                                        "Guide",
                                                        1,
                                                        8403,
                                                        1597,
                                                        "19",
                                                        new VatTreatment(VatCategory.S, "", "DE"))),
                                        null),
                                seller(false),
                                true,
                                "",
                                null)),
                Arguments.of("dollars", converted(american, new Currency("USD"), "1.085")),
                Arguments.of("yens", converted(american, new Currency("JPY"), "171.25")),
                Arguments.of("dinars", converted(american, new Currency("KWD"), "0.334")),
                Arguments.of(
                        "credit-dollars",
                        creditNote(converted(american, new Currency("USD"), "1.085"), 3_333)),
                Arguments.of(
                        "credit-dinars",
                        creditNote(converted(american, new Currency("KWD"), "0.334"), 3_330)),
                Arguments.of(
                        "credit-reverse-charge",
                        creditNote(base(german, Currency.EUR, untaxed(reversed), null), 5_000)),
                Arguments.of("vat-group", vatGroup()),
                Arguments.of("everything", everything()),
                Arguments.of("reasons", reasons(german)),
                Arguments.of(
                        "gift",
                        base(
                                consumer("Marie Martin"),
                                Currency.EUR,
                                List.of(
                                        line("Guide", 1, 8333, 1667, "20"),
                                        line("Remise sur Guide", -1, -8333, -1667, "20")),
                                null)));
    }

    private static Arguments document(
            String name,
            Party buyer,
            Currency currency,
            @Nullable DeliverTo deliverTo,
            VatTreatment treatment) {
        return Arguments.of(name, base(buyer, currency, untaxed(treatment), deliverTo));
    }

    private static VatTreatment of(String ground, VatCategory category) {
        return VatTreatment.untaxed(category, ground);
    }

    private static List<InvoiceLine> untaxed(VatTreatment treatment) {
        return List.of(
                line("Guide de l'été", 3, 9_999, 0, "0", treatment),
                line("Livraison", 1, 500, 0, "0", treatment));
    }

    /** Goods to another member state and services to it: both at 0 %, for two reasons. */
    private static NumberedInvoice reasons(Party buyer) {
        var goods = of("VATEX-EU-IC", VatCategory.K);
        return base(
                buyer,
                Currency.EUR,
                List.of(
                        line("Fauteuil", 1, 100_000, 0, "0", goods),
                        line("Montage", 1, 20_000, 0, "0", of("VATEX-EU-AE", VatCategory.AE))),
                new DeliverTo("Lager", "Hafenstr. 1", null, "20457", "Hamburg", "DE"));
    }

    private static NumberedInvoice base(
            Party buyer,
            Currency currency,
            List<InvoiceLine> lines,
            @Nullable DeliverTo deliverTo) {
        String language = "FR".equals(buyer.country()) ? "fr" : "en";
        return InvoicesForTests.invoice(
                Environment.PRODUCTION, seller(false), buyer, currency, language, lines, deliverTo);
    }

    private static NumberedInvoice converted(Party buyer, Currency currency, String rate) {
        var lines =
                List.of(line("Guide", 3, 83_350, 16_670, "20"), line("Livre", 1, 1_000, 55, "5.5"));
        var invoice = base(buyer, currency, lines, null);
        var content = invoice.content();
        var units = new BigDecimal(rate);
        return new NumberedInvoice(
                invoice.number(),
                invoice.issueDate(),
                content.withEuroVat(
                        new EuroVat(
                                EuroVat.cents(content.vat(), currency.decimals(), units),
                                units,
                                DAY,
                                "taux BCE")));
    }

    private static NumberedInvoice vatGroup() {
        var group =
                withGroup(
                        new VatGroup(
                                "Groupe Écoles",
                                "1 place de la Bourse, 33000 Bordeaux",
                                "FR44732829320"));
        return withNotes(
                base(company(), Currency.EUR, List.of(line("A", 1, 8332, 1667, "20")), null),
                group,
                false,
                "",
                null);
    }

    private static NumberedInvoice everything() {
        var deliverTo =
                new DeliverTo("Marie Martin", "5 rue du Port", null, "17000", "La Rochelle", "FR");
        return withNotes(
                base(
                        consumer("Marie Martin"),
                        Currency.EUR,
                        List.of(
                                line("Fauteuil", 2, 100_000, 20_000, "20"),
                                line("Remise sur Fauteuil", -1, -10_000, -2_000, "20"),
                                line("Livre", 7, 3_333, 183, "5.5"),
                                line("Livraison", 1, 1_000, 200, "20")),
                        deliverTo),
                seller(false),
                false,
                "Garantie légale de conformité : 2 ans à compter de la délivrance du bien.",
                deliverTo);
    }

    private static NumberedInvoice withNotes(
            NumberedInvoice invoice,
            SellerSnapshot seller,
            boolean oss,
            String guarantee,
            @Nullable DeliverTo deliverTo) {
        var content = invoice.content();
        return new NumberedInvoice(
                invoice.number(),
                invoice.issueDate(),
                new InvoiceContent(
                        content.environment(),
                        seller,
                        content.buyer(),
                        content.currency(),
                        content.lines(),
                        content.payment(),
                        content.supplyDate(),
                        content.nature(),
                        content.language(),
                        content.orderReference(),
                        new Terms(
                                LegalTexts.builtIn()
                                        .notes(seller, content.buyer(), oss, guarantee, DAY),
                                deliverTo,
                                "BC-2026-0042")));
    }

    private static SellerSnapshot withGroup(VatGroup group) {
        var seller = seller(false);
        return new SellerSnapshot(
                seller.name(),
                seller.legalForm(),
                seller.capital(),
                seller.line1(),
                seller.line2(),
                seller.postalCode(),
                seller.city(),
                seller.country(),
                seller.siren(),
                seller.siret(),
                seller.rcs(),
                seller.vatNumber(),
                seller.franchise(),
                true,
                seller.email(),
                seller.phone(),
                seller.website(),
                seller.termsUrl(),
                seller.footer(),
                group);
    }

    private static Party person(String name, String country) {
        return party(name, country, null, false);
    }

    private static Party business(String name, String country, @Nullable String vatNumber) {
        return party(name, country, vatNumber, true);
    }

    private static Party party(
            String name, String country, @Nullable String vatNumber, boolean business) {
        return new Party(
                name,
                "buyer@example.com",
                null,
                "1 Main Street",
                null,
                "12345",
                "Somewhere",
                country,
                null,
                vatNumber,
                business,
                null,
                country.equals("US") ? "TX" : null);
    }
}
