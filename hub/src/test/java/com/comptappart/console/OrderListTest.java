package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Order;
import com.comptappart.order.OrderLine;
import com.comptappart.order.Refunds;
import com.comptappart.partner.Partners;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PaidOrders;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders are found by what people know of them, and leave as a list. */
class OrderListTest {

    private static final HubForTests HUB = new HubForTests();
    private static final String LIST = "/console/dupont/test/commandes";
    private static PartnerId partner;
    private static Browser browser;

    @BeforeAll
    static void start() {
        HUB.start();
        partner = HUB.bean(Partners.class).create("Dupont", "dupont", "d@example.com", null).id();
        HUB.bean(Partners.class).create("Other", "other", "o@example.com", null);
        browser =
                new Browser(HUB)
                        .signedIn(
                                PeopleForTests.person(
                                        HUB, "g@example.com", partner, Role.MANAGEMENT));
        order("whole", "Formule Complète", 10_000);
        order("part", "Formule Complète", 20_000);
        order("back", "Guide", 3_000);
        order("evil", "=1+1;\"x\"", 100);
        refund("part", 500);
        refund("back", 3_000);
    }

    @AfterAll
    static void stop() {
        HUB.close();
    }

    private static Order order(String name, String product, long total) {
        var paid =
                PaidOrders.of(
                        Environment.STAGING,
                        name,
                        partner,
                        name + "@example.com",
                        Currency.EUR,
                        List.of(
                                new OrderLine(
                                        "prod_" + name,
                                        product,
                                        1,
                                        total,
                                        0,
                                        BigDecimal.ZERO,
                                        "services")));
        return OrdersForTests.record(HUB, paid);
    }

    private static void refund(String name, long minor) {
        var refund =
                PaidOrders.refund(Environment.STAGING, name, "re_" + name, minor, Currency.EUR);
        new TransactionTemplate(HUB.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> HUB.bean(Refunds.class).record(List.of(refund)));
    }

    private static List<String> found(String query) {
        String page = browser.open(LIST + "?" + query).body();
        return List.of("whole", "part", "back", "evil").stream()
                .filter(name -> page.contains(name + "@example.com"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "etat=paid | whole evil",
                "etat=partly_refunded | part",
                "etat=refunded | back",
                "etat=disputed | ''",
                "etat=nonsense | ''",
                "produit=formule+compl%C3%A8te | whole part",
                "produit=prod_part | part",
                "produit=Formule | ''",
                "min=100%2C00 | whole part",
                "min=50&max=100 | whole",
                "max=abc | ''",
                "raison=one_time&etat=refunded | back",
                "raison=subscription_cycle | ''",
                "du=2026-11-24&au=2026-11-24 | whole part back evil",
                "du=2026-11-25 | ''",
                "au=2026-11-23 | ''",
                "email=PART%40example.com&min=1 | part",
            })
    void the_list_is_narrowed_by(String query, String names) {
        assertThat(String.join(" ", found(query))).isEqualTo(names);
    }

    @Test
    void the_list_goes_on_with_its_filters() {
        var page = browser.open(LIST + "?produit=Guide&min=10").body();
        assertThat(page)
                .contains("/commandes.csv?produit=Guide&amp;min=10")
                .contains("<option value=\"formule complète\">");
    }

    @Test
    void what_is_exported_is_what_the_list_shows_and_no_cell_is_a_formula() {
        var file = browser.download(LIST + ".csv?max=40");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
                .contains("TEST-commandes.csv");
        var lines = new String(file.body(), StandardCharsets.UTF_8).split("\r\n", -1);
        assertThat(lines[0]).startsWith("\uFEFForder_id;created_at_utc;paid_at_utc;");
        assertThat(lines).hasSize(4);
        assertThat(lines[1]).contains(";1,00;", "1 × =1+1");
        assertThat(lines[2]).contains("back@example.com", ";30,00;", "2026-11-24T10:00:00Z");
        assertThat(
                        HUB.jdbc()
                                .sql(
                                        "select count(*) from audit_entry where act = 'order.exported'")
                                .query(Long.class)
                                .single())
                .isPositive();
    }

    @Test
    void every_order_is_in_the_file_however_many_pages_it_takes() {
        for (int i = 0; i < 101; i++) {
            order("many" + i, "Lot", 77_777);
        }
        var lines =
                new String(
                                browser.download(LIST + ".csv?produit=lot").body(),
                                StandardCharsets.UTF_8)
                        .split("\r\n", -1);
        assertThat(lines).hasSize(103);
        assertThat(List.of(lines)).doesNotHaveDuplicates();
    }

    @Test
    void only_who_may_export_has_the_button() {
        var developer =
                new Browser(HUB)
                        .signedIn(
                                PeopleForTests.person(
                                        HUB, "dev@example.com", partner, Role.DEVELOPER));
        assertThat(developer.open(LIST).body()).doesNotContain("commandes.csv");
        assertThat(developer.open(LIST + ".csv").statusCode()).isEqualTo(403);
        assertThat(browser.open("/console/other/test/commandes.csv").statusCode()).isEqualTo(404);
    }
}
