package com.comptappart.console;

import static com.comptappart.console.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Paris;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Order;
import com.comptappart.partner.Partners;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import com.comptappart.webhook.Endpoints;
import java.net.http.HttpResponse;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first page of a place, as a person reads it. */
class HomeTest {

    /** A quarter past midnight in Paris; in UTC it is the day before. */
    private static final MovableClock CLOCK = new MovableClock("2026-11-24T23:15:00Z");

    private static final HubForTests HUB = new HubForTests().withInventedOrders().at(CLOCK);
    private static Browser browser;

    @BeforeAll
    static void start() {
        HUB.start();
        browser = new Browser(HUB).signedIn();
    }

    @AfterAll
    static void stop() {
        HUB.close();
    }

    private static PartnerId partner(String slug) {
        return HUB.bean(Partners.class).create(slug, slug, slug + "@example.com", null).id();
    }

    private static Order order(PartnerId partner, String object) {
        return OrdersForTests.record(
                HUB, OrdersForTests.paid(partner, Environment.STAGING, object, "Zoë"));
    }

    /** A notification in that state, about an order, and of some attempts that ended that day. */
    private static void notification(PartnerId partner, Order order, String state, String id) {
        HUB.jdbc()
                .sql(
                        """
                        insert into webhook_notification (
                            partner_id, notification_id, environment, endpoint_id, order_id, event_type, event_id, subject, body,
                            state, reason, created_at, due_at, ended_at)
                        values (:partner, :id, 'staging', 'we_x', :order, 'order.created', :id, '', '{}', :state, '', :now, :now,
                            case when :state <> 'held' then :now end)
                        """)
                .param("partner", partner.value())
                .param("id", id)
                .param("order", order.id().value())
                .param("state", state)
                .param("now", CLOCK.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static void tally(PartnerId partner, boolean delivered, int bucket, int attempts) {
        HUB.jdbc()
                .sql(
                        """
                        insert into webhook_tally (environment, day, partner_id, delivered, bucket, attempts)
                        values ('staging', :day, :partner, :delivered, :bucket, :attempts)
                        """)
                .param("day", Paris.dayOf(CLOCK.instant()))
                .param("partner", partner.value())
                .param("delivered", delivered)
                .param("bucket", bucket)
                .param("attempts", attempts)
                .update();
    }

    @Test
    void a_new_partners_first_page_leads_to_the_integration() {
        partner("fresh");
        var page = browser.open("/console/fresh/test/");
        assertThat(text(page))
                .contains("Pas encore de commande en mode test", "Rien ne demande votre attention")
                .contains("Aucune commande dans cette période", "Aucune tentative");
        assertThat(page.body())
                .contains("class=\"button\" href=\"/console/fresh/test/integration\"")
                .containsPattern("<a href=\"/console/fresh/test/\" aria-current=\"page\">Accueil");
        assertThat(browser.open("/console/fresh/test").uri().getPath())
                .isEqualTo("/console/fresh/test/");
    }

    @Test
    void a_reader_is_sent_to_who_may_integrate_instead() {
        var partner = partner("read");
        var reader =
                new Browser(HUB)
                        .signedIn(
                                PeopleForTests.person(
                                        HUB, "reader@example.com", partner, Role.READER));
        assertThat(text(reader.open("/console/read/test/"))).contains("Un développeur ou");
        assertThat(reader.open("/console/read/test/").body())
                .doesNotContain("/console/read/test/integration\"");
    }

    @Test
    void the_euros_that_wait_are_those_of_the_orders_that_failed_to_be_told() {
        var partner = partner("waits");
        var first = order(partner, "cs_test_waits1");
        var second = order(partner, "cs_test_waits2");
        var told = order(partner, "cs_test_waits3");
        notification(partner, first, "failed", "msg_w1");
        notification(partner, first, "failed", "msg_w2");
        notification(partner, second, "failed", "msg_w3");
        notification(partner, told, "delivered", "msg_w4");
        var other = partner("elsewhere");
        notification(other, order(other, "cs_test_elsewhere"), "failed", "msg_e1");
        var page = browser.open("/console/waits/test/");
        assertThat(text(page))
                .contains("3 notifications en échec")
                .contains("2 commandes attendent d’être connues du partenaire : 239,98 €");
        assertThat(page.body()).contains("href=\"/console/waits/test/livraisons?etat=failed\"");
        assertThat(text(browser.open("/console/waits/live/"))).contains("Rien ne demande");
    }

    @Test
    void what_ends_soon_or_was_switched_off_is_there_before_it_hurts() {
        var partner = partner("ends");
        var endpoints = HUB.bean(Endpoints.class);
        var made =
                endpoints.create(
                        partner,
                        Environment.STAGING,
                        new Endpoints.Wish("http://127.0.0.1:9/ends", null, null, null, null));
        HUB.jdbc()
                .sql(
                        """
                        update webhook_endpoint
                        set state = 'disabled', disabled_reason = 'the endpoint has answered 410 Gone',
                            old_secrets = array[secret], old_secrets_until = array[:until::timestamptz]
                        where endpoint_id = :id
                        """)
                .param("until", CLOCK.instant().plusSeconds(86_400).atOffset(ZoneOffset.UTC))
                .param("id", made.endpoint().id())
                .update();
        var page = browser.open("/console/ends/test/");
        assertThat(text(page))
                .contains("Plus rien n’est envoyé à http://127.0.0.1:9/ends")
                .contains("Un ancien secret de http://127.0.0.1:9/ends", "26 nov. 2026");
        assertThat(page.body()).contains("/console/ends/test/integration/" + made.endpoint().id());
    }

    @Test
    void figures_and_charts_count_the_days_of_paris() {
        var partner = partner("days");
        var order = order(partner, "cs_test_days1");
        var midnight = order(partner, "cs_test_days2");
        HUB.jdbc()
                .sql("update paid_order set paid_at = '2026-11-24T23:05:00Z' where order_id = :id")
                .param("id", midnight.id().value())
                .update();
        notification(partner, order, "delivered", "msg_d1");
        tally(partner, true, 20, 9);
        tally(partner, true, 20, 90);
        tally(partner, false, 40, 1);
        var page = browser.open("/console/days/test/?depuis=2026-11-23&jusqua=2026-11-25");
        assertThat(text(page))
                .contains("Commandes 2", "Encaissé 239,98 €", "Notifications livrées 1")
                .contains("99 % des tentatives ont réussi", "99 % de 100 tentatives")
                .contains("Du 23 novembre 2026 au 25 novembre 2026")
                .contains("23 novembre 2026 1 119,99 €", "24 novembre 2026 0 –")
                .contains("25 novembre 2026 1 119,99 €", "25 novembre 2026 112 ms 124 ms");
        String delivered =
                "/console/days/test/livraisons?etat=delivered&depuis=2026-11-23&jusqua=2026-11-25";
        assertThat(page.body())
                .contains("role=\"img\"", "aria-labelledby=\"orders-title orders-text\"")
                .contains("/console/days/test/commandes?du=2026-11-23&amp;au=2026-11-25\"")
                .contains("href=\"" + delivered.replace("&", "&amp;") + "\"")
                .doesNotContain("style=");
        assertThat(rows(browser.open(delivered), "<tr[^>]*>\\s*<th scope=\"row\"")).isEqualTo(1);
        assertThat(text(browser.open("/console/days/test/?periode=1"))).contains("Commandes 1");
        assertThat(text(browser.open("/console/days/test/?depuis=2026-11-24&jusqua=2026-11-24")))
                .contains("Commandes 0", "Aucune commande dans cette période");
    }

    private static long rows(HttpResponse<String> page, String pattern) {
        return Pattern.compile(pattern).matcher(page.body()).results().count();
    }

    @Test
    void a_period_is_at_most_ninety_days_and_wrong_dates_are_said() {
        partner("period");
        var longer = browser.open("/console/period/test/?depuis=2020-01-01&jusqua=2026-11-25");
        assertThat(text(longer))
                .contains("Au plus 90 jours", "Du 28 août 2026 au 25 novembre 2026");
        assertThat(rows(longer, "<tr><th scope=\"row\"")).isEqualTo(3 * 90);
        assertThat(text(browser.open("/console/period/test/?depuis=hier&jusqua=2026-11-25")))
                .contains("Ces dates n’en font pas une période");
        assertThat(text(browser.open("/console/period/test/?depuis=2026-11-26&jusqua=2026-11-25")))
                .contains("Ces dates n’en font pas une période");
    }

    @Test
    void it_speaks_english_too() {
        partner("english");
        var page = new Browser(HUB).speaking("en").signedIn().open("/console/english/test/");
        assertThat(text(page)).contains("Nothing needs your attention", "Orders per day");
    }
}
