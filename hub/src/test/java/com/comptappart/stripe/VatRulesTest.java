package com.comptappart.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.VatCategory;
import com.comptappart.order.Buyer;
import com.comptappart.order.Delivery;
import com.comptappart.order.OrderLine;
import com.comptappart.partner.Seller;
import com.comptappart.stripe.Charged.Discount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Stripe says, the buyer's country and the seller's regime make a VAT category. */
class VatRulesTest {

    @ParameterizedTest(name = "{0} {1} {2} {3} {4} → {5} {6} {7}")
    @CsvSource(
            textBlock =
                    """
                    # country, VAT number, nature, tax, reason,               category, ground,          attention
                    FR, '',          services, 1667, standard_rated,         S,  '',                 ''
                    DE, '',          services, 1667, standard_rated,         S,  '',                 ''
                    FR, '',          services, 0,    not_collecting,         S,  '',                 invoiced with 20 % included
                    FR, '',          services, 0,    '',                     S,  '',                 invoiced with 20 % included
                    DE, DE123456789, services, 0,    reverse_charge,         AE, VATEX-EU-AE,        ''
                    DE, DE123456789, goods,    0,    reverse_charge,         K,  VATEX-EU-IC,        ''
                    DE, '',          services, 0,    reverse_charge,         S,  '',                 gave no VAT number
                    FR, '',          services, 0,    reverse_charge,         S,  '',                 gave no VAT number
                    FR, FR32123456782, services, 0,  reverse_charge,         AE, VATEX-FR-AE,        check which article
                    DE, DE123456789, services, 0,    not_collecting,         AE, VATEX-EU-AE,        ''
                    DE, '',          services, 0,    not_collecting,         S,  '',                 invoiced with 20 % included
                    US, '',          goods,    0,    not_collecting,         G,  VATEX-EU-G,         ''
                    US, '',          services, 0,    not_collecting,         O,  SUPPLIED-ABROAD,    ''
                    GB, '',          services, 0,    reverse_charge,         O,  SUPPLIED-ABROAD,    ''
                    US, '',          goods,    0,    zero_rated,             G,  VATEX-EU-G,         ''
                    GF, '',          goods,    0,    not_collecting,         G,  OVERSEAS-EXPORT,    ''
                    GF, '',          services, 0,    not_collecting,         O,  OVERSEAS-UNTAXED,   ''
                    RE, '',          goods,    0,    not_collecting,         G,  OVERSEAS-EXPORT,    ''
                    NC, '',          goods,    0,    not_collecting,         G,  VATEX-EU-G,         ''
                    DE, FR32123456782, services, 0,  reverse_charge,         S,  '',                 VAT number is French
                    GB, XI123456789, goods,    0,    zero_rated,             G,  VATEX-EU-G,         ''
                    FR, '',          goods,    0,    zero_rated,             Z,  '',                 rate of zero
                    FR, '',          services, 0,    not_subject_to_tax,     O,  OUTSIDE-SCOPE,      ''
                    FR, '',          services, 0,    product_exempt,         E,  PRODUCT-EXEMPT,     vat_exemption
                    FR, '',          services, 0,    customer_exempt,        E,  CUSTOMER-EXEMPT,    vat_exemption
                    DE, DE123456789, services, 1667, standard_rated,         S,  '',                 gave a VAT number
                    US, '',          services, 1667, standard_rated,         S,  '',                 no VAT of the Union
                    """)
    void stripe_tax_makes_a_category(
            String country,
            String vatNumber,
            String nature,
            long tax,
            String reason,
            VatCategory category,
            String ground,
            String attention) {
        var charged =
                charged(nature, new StripeTax(true, tax, tax == 0 ? "0" : "20", country, reason));
        var taxed = LineTax.of(List.of(charged), sale("normal", country, vatNumber, "none"));
        var line = taxed.lines().getFirst();
        assertThat(line.treatment().category()).isEqualTo(category);
        assertThat(line.treatment().ground()).isEqualTo(ground);
        assertThat(line.gross()).isEqualTo(10_000);
        assertThat(line.vat()).isEqualTo(category == VatCategory.S ? 1667 : 0);
        if (attention.isEmpty()) {
            assertThat(String.join("", taxed.attention())).isEmpty();
        } else {
            assertThat(String.join("", taxed.attention())).contains(attention);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "normal, FR, '', none, S",
        "normal, DE, DE123456789, reverse, AE",
        "normal, US, '', reverse, O",
        "normal, FR, '', exempt, E",
        "franchise, FR, '', none, E",
        "franchise, US, '', none, E",
        "franchise, DE, DE123456789, reverse, AE",
        "franchise, DE, DE123456789, none, AE"
    })
    void without_stripe_tax_the_customers_own_exemption_counts(
            String regime, String country, String number, String exempt, VatCategory category) {
        var taxed =
                LineTax.of(
                        List.of(charged("services", StripeTax.NONE)),
                        sale(regime, country, number, exempt));
        assertThat(taxed.lines().getFirst().treatment().category()).isEqualTo(category);
    }

    @ParameterizedTest(name = "{0} {1} {2} business {3} → {4} {5} {6}")
    @CsvSource({
        "RE, 97400,   services, true,  8.5, '', ''",
        "FR, 97400,   services, true,  8.5, '', ''",
        "FR, 97110,   services, false, 8.5, '', overseas department",
        "MQ, 97200,   goods,    false, 0,   OVERSEAS-EXPORT, ''",
        "GF, 97300,   services, true,  0,   OVERSEAS-UNTAXED, ''",
        "YT, 97600,   services, false, 0,   OVERSEAS-UNTAXED, overseas department",
        "FR, 97600,   goods,    false, 0,   OVERSEAS-EXPORT, ''",
        "FR, 33000,   services, false, 20,  '', ''",
        "MC, 98000,   services, false, 20,  '', ''"
    })
    void without_stripe_tax_the_overseas_departments_have_rules_of_their_own(
            String country,
            String postalCode,
            String nature,
            boolean business,
            BigDecimal rate,
            String ground,
            String attention) {
        var sale = at(sale("normal", country, "", "none"), postalCode, business);
        var taxed = LineTax.of(List.of(charged(nature, StripeTax.NONE)), sale);
        var line = taxed.lines().getFirst();
        assertThat(line.vatRate()).isEqualByComparingTo(rate);
        assertThat(line.treatment().ground()).isEqualTo(ground);
        assertThat(line.gross()).isEqualTo(10_000);
        assertThat(String.join("", taxed.attention()))
                .matches(said -> attention.isEmpty() ? said.isEmpty() : said.contains(attention));
    }

    @Test
    void a_gift_has_the_rate_that_stripe_names_though_it_has_no_tax() {
        for (long total : new long[] {0, 2}) {
            var tax = new StripeTax(true, 0, "19", "DE", "standard_rated");
            var taxed =
                    LineTax.of(
                            List.of(charged(total, new ProductVat("", "services", ""), tax, false)),
                            sale("normal", "DE", "", "none"));
            var line = taxed.lines().getFirst();
            assertThat(line.vatRate()).isEqualByComparingTo("19");
            assertThat(line.treatment().country()).isEqualTo("DE");
            assertThat(String.join("", taxed.attention())).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"12.3, 1095", "19.6, 1639"})
    void a_rate_that_france_does_not_have_asks_for_attention(String rate, long amount) {
        var taxed =
                LineTax.of(
                        List.of(
                                charged(
                                        "services",
                                        new StripeTax(true, amount, rate, "FR", "standard_rated"))),
                        sale("normal", "FR", "", "none"));
        assertThat(taxed.lines().getFirst().vatRate()).isEqualByComparingTo(rate);
        assertThat(String.join("", taxed.attention())).contains(rate, "not in force in France");
    }

    @ParameterizedTest
    @CsvSource({
        "US, goods,    true,  G, ''",
        "NC, goods,    true,  G, ''",
        "US, goods,    false, S, may not be due",
        "US, services, false, S, ''"
    })
    void without_stripe_tax_goods_that_leave_the_union_are_exported(
            String country,
            String nature,
            boolean delivered,
            VatCategory category,
            String attention) {
        var sale = sale("normal", country, "", "none");
        var sent = delivered ? delivered(sale, country) : sale;
        var taxed = LineTax.of(List.of(charged(nature, StripeTax.NONE)), sent);
        assertThat(taxed.lines().getFirst().treatment().category()).isEqualTo(category);
        assertThat(String.join("", taxed.attention()))
                .matches(said -> attention.isEmpty() ? said.isEmpty() : said.contains(attention));
    }

    @ParameterizedTest
    @CsvSource({"97133, BL", "97150, MF", "97110, GP", "97500, PM"})
    void two_islands_have_postcodes_of_guadeloupe_and_are_no_part_of_it(
            String postalCode, String territory) {
        assertThat(Territory.of("FR", postalCode).code()).isEqualTo(territory);
    }

    @Test
    void goods_to_northern_ireland_are_goods_to_the_union() {
        var zero = charged("goods", new StripeTax(true, 0, "0", "GB", "zero_rated"));
        var business = at(sale("normal", "GB", "XI123456789", "none"), "BT1 2BA", true);
        assertThat(categories(LineTax.of(List.of(zero), business))).containsExactly(VatCategory.K);
        var service = charged("services", new StripeTax(true, 0, "0", "GB", "not_collecting"));
        assertThat(categories(LineTax.of(List.of(service), business)))
                .containsExactly(VatCategory.O);
        var consumer = at(sale("normal", "GB", "", "none"), "bt9 5aa", false);
        var unsaid = charged("goods", new StripeTax(true, 0, "0", "GB", "not_collecting"));
        assertThat(categories(LineTax.of(List.of(unsaid), consumer)))
                .containsExactly(VatCategory.S);
    }

    private static SaleVat at(SaleVat sale, String postalCode, boolean business) {
        var b = sale.buyer();
        var there =
                new Buyer(
                        b.name(),
                        b.email(),
                        null,
                        b.line1(),
                        null,
                        postalCode,
                        b.city(),
                        b.country(),
                        null,
                        b.vatNumber(),
                        business,
                        b.locale());
        return new SaleVat(sale.seller(), there, null, "none", "", sale.currency());
    }

    @Test
    void a_delivery_has_the_rate_of_the_goods_and_is_split_where_they_have_several() {
        var one = List.of(goods(10_550, "5.5"), goods(21_100, "5.5"), shipping(1_055));
        assertThat(delivered(one)).containsExactly("5.5: 1000 + 55");
        var two = List.of(goods(12_000, "20"), shipping(2_255), goods(10_550, "5.5"));
        assertThat(delivered(two)).containsExactly("20: 1000 + 200", "5.5: 1000 + 55");
        var service = new ArrayList<>(two);
        service.add(charged("services", StripeTax.NONE));
        assertThat(delivered(service)).containsExactly("20: 1000 + 200", "5.5: 1000 + 55");
        var given = List.of(goods(0, "5.5"), goods(0, "20"), shipping(1_055));
        assertThat(delivered(given)).containsExactly("5.5: 1000 + 55");
    }

    @Test
    void a_delivery_that_stripe_taxed_is_as_stripe_says() {
        var said = new StripeTax(true, 200, "20", "FR", "standard_rated");
        var lines = List.of(goods(10_550, "5.5"), shipping(1_200, said));
        assertThat(delivered(lines)).containsExactly("20: 1000 + 200");
    }

    @Test
    void whatever_the_basket_its_lines_are_what_was_charged() {
        var random = new Random(4);
        var rates = List.of("20", "10", "5.5", "2.1", "0");
        for (int i = 0; i < 20_000; i++) {
            var lines = new ArrayList<Charged>();
            int count = 1 + random.nextInt(6);
            for (int line = 0; line < count; line++) {
                String nature = random.nextBoolean() ? "goods" : "services";
                lines.add(
                        charged(
                                random.nextInt(20_000),
                                new ProductVat(rates.get(random.nextInt(5)), nature, ""),
                                StripeTax.NONE,
                                false));
            }
            lines.add(random.nextInt(count + 1), shipping(random.nextInt(3_000)));
            var taxed = LineTax.of(lines, sale("normal", "FR", "", "none")).lines();
            long charged = lines.stream().mapToLong(Charged::total).sum();
            assertThat(taxed.stream().mapToLong(OrderLine::gross).sum()).isEqualTo(charged);
            var goods =
                    taxed.stream()
                            .filter(line -> !line.name().equals("Livraison"))
                            .map(OrderLine::vatRate)
                            .map(BigDecimal::stripTrailingZeros)
                            .toList();
            assertThat(taxed)
                    .allMatch(line -> goods.contains(line.vatRate().stripTrailingZeros()))
                    .allMatch(line -> line.net() >= 0 && line.vat() >= 0);
        }
    }

    private static List<String> delivered(List<Charged> lines) {
        return LineTax.of(lines, sale("normal", "FR", "", "none")).lines().stream()
                .filter(line -> line.name().equals("Livraison"))
                .map(line ->
                        line.vatRate().toPlainString() + ": " + line.net() + " + " + line.vat())
                .toList();
    }

    private static Charged goods(long total, String rate) {
        return charged(total, new ProductVat(rate, "goods", ""), StripeTax.NONE, false);
    }

    private static Charged shipping(long total) {
        return shipping(total, StripeTax.NONE);
    }

    private static Charged shipping(long total, StripeTax tax) {
        return charged(total, new ProductVat("", "goods", ""), tax, true);
    }

    private static SaleVat delivered(SaleVat sale, String country) {
        return new SaleVat(
                sale.seller(),
                sale.buyer(),
                new Delivery(null, null, null, null, null, country),
                sale.taxExempt(),
                sale.exemption(),
                sale.currency());
    }

    private static Charged charged(
            long total, ProductVat product, StripeTax tax, boolean shipping) {
        return new Charged(
                shipping ? "" : "prod_1",
                shipping ? "Livraison" : "Guide",
                1,
                total,
                Discount.NONE,
                "",
                product,
                tax,
                List.of(),
                "",
                shipping);
    }

    @Test
    void tax_of_another_member_state_keeps_its_country() {
        var charged = charged("services", new StripeTax(true, 1597, "19", "DE", "standard_rated"));
        var line = taxed(charged, "DE").getFirst();
        assertThat(line.treatment().country()).isEqualTo("DE");
        assertThat(line.vatRate()).isEqualByComparingTo("19");
        assertThat(line.vat()).isEqualTo(1597);
    }

    @Test
    void an_amount_that_is_not_its_rates_is_written_anew_and_told() {
        var charged = charged("services", new StripeTax(true, 1500, "20", "FR", "standard_rated"));
        var taxed = LineTax.of(List.of(charged), sale("normal", "FR", "", "none"));
        assertThat(taxed.lines().getFirst().vat()).isEqualTo(1667);
        assertThat(taxed.attention().getFirst()).contains("1500", "20 %");
    }

    @Test
    void an_amount_within_a_cent_is_stripes_own() {
        var charged = charged("services", new StripeTax(true, 1666, "20", "FR", "standard_rated"));
        assertThat(taxed(charged, "FR").getFirst().vat()).isEqualTo(1666);
    }

    @Test
    void goods_are_where_they_are_delivered() {
        var charged = charged("goods", new StripeTax(true, 0, "0", "US", "not_collecting"));
        var home = sale("normal", "FR", "", "none");
        var abroad =
                new SaleVat(
                        home.seller(),
                        home.buyer(),
                        new Delivery(null, null, null, null, null, "US"),
                        "none",
                        "",
                        Currency.EUR);
        assertThat(LineTax.of(List.of(charged), abroad).lines().getFirst().treatment().category())
                .isEqualTo(VatCategory.G);
    }

    @Test
    void an_order_is_outside_the_scope_as_a_whole_or_not_at_all() {
        var service = charged("services", new StripeTax(true, 0, "0", "US", "not_collecting"));
        var goods = charged("goods", new StripeTax(true, 0, "0", "US", "not_collecting"));
        var sale = sale("normal", "US", "", "none");
        assertThat(categories(LineTax.of(List.of(service, service), sale)))
                .containsOnly(VatCategory.O);
        assertThat(categories(LineTax.of(List.of(service, goods), sale)))
                .containsExactly(VatCategory.E, VatCategory.G);
    }

    @Test
    void a_products_article_exempts_it_without_a_question() {
        var training =
                new Charged(
                        "prod_1",
                        "Formation",
                        1,
                        10_000,
                        Discount.NONE,
                        "",
                        new ProductVat("0", "services", "VATEX-FR-CGI261-4"),
                        StripeTax.NONE,
                        List.of(),
                        "",
                        false);
        var taxed = LineTax.of(List.of(training), sale("normal", "FR", "", "none"));
        assertThat(taxed.lines().getFirst().treatment().ground()).isEqualTo("VATEX-FR-CGI261-4");
        assertThat(String.join("", taxed.attention())).isEmpty();
    }

    @Test
    void a_rate_of_zero_without_an_article_is_told() {
        var training =
                new Charged(
                        "prod_1",
                        "Formation",
                        1,
                        10_000,
                        Discount.NONE,
                        "",
                        new ProductVat("0", "services", ""),
                        StripeTax.NONE,
                        List.of(),
                        "",
                        false);
        var taxed = LineTax.of(List.of(training), sale("normal", "FR", "", "none"));
        assertThat(taxed.attention().getFirst()).contains("without a reason");
    }

    private static List<VatCategory> categories(LineTax.Taxed taxed) {
        return taxed.lines().stream().map(line -> line.treatment().category()).toList();
    }

    private static List<OrderLine> taxed(Charged charged, String country) {
        return LineTax.of(List.of(charged), sale("normal", country, "", "none")).lines();
    }

    private static Charged charged(String nature, StripeTax tax) {
        return new Charged(
                "prod_1",
                "Guide",
                1,
                10_000,
                Discount.NONE,
                "",
                new ProductVat("", nature, ""),
                tax,
                List.of(),
                "",
                false);
    }

    static SaleVat sale(String regime, String country, String vatNumber, String exempt) {
        @Nullable String number = vatNumber.isEmpty() ? null : vatNumber;
        var buyer =
                new Buyer(
                        "Marie Martin",
                        "marie@example.com",
                        null,
                        "1 rue",
                        null,
                        "75011",
                        "Paris",
                        country,
                        null,
                        number,
                        number != null,
                        country.equals("FR") ? "fr" : Locale.ENGLISH.getLanguage());
        return new SaleVat(seller(regime), buyer, null, exempt, "", Currency.EUR);
    }

    static Seller seller(String regime) {
        return new Seller(
                "default",
                "ComptAppart",
                "SAS",
                "10 000 €",
                "12 rue des Écoles",
                "",
                "33000",
                "Bordeaux",
                "FR",
                "123456782",
                "12345678200010",
                "RCS Bordeaux 123 456 782",
                "FR32123456782",
                regime.equals("franchise"),
                new BigDecimal("20"),
                false,
                "services",
                "",
                "",
                "",
                "",
                "F",
                "A",
                "",
                "",
                new Seller.VatGroup("", "", ""));
    }
}
