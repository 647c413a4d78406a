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
import java.util.List;
import java.util.Locale;
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
                    GF, '',          goods,    0,    not_collecting,         G,  VATEX-EU-G,         ''
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
