package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.OrderLine;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Payment;
import com.comptappart.order.SubscriptionFact;
import com.comptappart.order.SubscriptionState;
import com.comptappart.order.Subscriptions;
import com.comptappart.partner.Partners;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PaidOrders;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Answer;
import com.comptappart.testing.Subscription;
import com.comptappart.webhook.Endpoints;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Subscriptions are found, read, ended and taken up again. */
class SubscriptionPagesTest {

    private static final Instant PERIOD_END = Instant.parse("2027-11-25T10:00:00Z");
    private static final String LIST = "/console/dupont/test/abonnements";
    private static final Pattern TOKEN = Pattern.compile("name=\"jeton\" value=\"([^\"]+)\"");

    private static StripeStub stripe;
    private static HubForTests hub;
    private static PartnerId partner;
    private static PartnerId other;
    private static Browser browser;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        stripe.product("prod_dupont", "dupont");
        hub = new HubForTests().asking(stripe).start();
        partner = hub.bean(Partners.class).create("Dupont", "dupont", "d@example.com", null).id();
        other = hub.bean(Partners.class).create("Other", "other", "o@example.com", null).id();
        hub.bean(Endpoints.class)
                .create(
                        partner,
                        Environment.STAGING,
                        new Endpoints.Wish(
                                "http://127.0.0.1:9/hooks",
                                null,
                                List.of("subscription.created", "subscription.canceled"),
                                null,
                                null));
        browser =
                new Browser(hub)
                        .signedIn(
                                PeopleForTests.person(
                                        hub, "g@example.com", partner, Role.MANAGEMENT));
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
    }

    @AfterEach
    void mend() {
        stripe.answeringAgain();
    }

    private static void known(PartnerId of, String name, String status, @Nullable Instant ends) {
        var buyer =
                PaidOrders.of(
                                Environment.STAGING,
                                name,
                                of,
                                name + "@example.com",
                                Currency.EUR,
                                List.of())
                        .buyer();
        var state =
                new SubscriptionState(
                        of,
                        "",
                        Environment.STAGING,
                        "sub_" + name,
                        status,
                        PERIOD_END,
                        ends,
                        ends == null ? null : Instant.parse("2026-11-25T10:00:00Z"),
                        buyer,
                        Instant.parse("2026-11-25T10:00:00Z"));
        var fact =
                new SubscriptionFact(
                        SubscriptionFact.Kind.CREATED,
                        state,
                        "evt_" + name,
                        Instant.parse("2026-11-25T10:00:00Z"),
                        "",
                        null);
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> hub.bean(Subscriptions.class).record(List.of(fact)));
    }

    /** At Stripe, too. */
    private static String running(String name) {
        stripe.subscription(
                new Subscription(name, "2026-07-29.dahlia", "dupont")
                        .subscription("active", PERIOD_END));
        known(partner, name, "active", null);
        return LIST + "/sub_" + name;
    }

    private static void paid(String subscription, String invoice) {
        var one =
                PaidOrders.of(
                        Environment.STAGING,
                        invoice,
                        partner,
                        "marie@example.com",
                        Currency.EUR,
                        List.of(
                                new OrderLine(
                                        "prod_year",
                                        "Formule Annuelle",
                                        1,
                                        10_000,
                                        2_000,
                                        new BigDecimal("20"),
                                        "services")));
        OrdersForTests.record(
                hub,
                new PaidOrder(
                        "",
                        one.environment(),
                        "in_" + invoice,
                        one.eventId(),
                        partner,
                        one.buyer(),
                        one.currency(),
                        one.lines(),
                        new Payment(PaidOrders.AT, "card", "4242", "pi_" + invoice),
                        "subscription_cycle",
                        subscription,
                        List.of(),
                        "[]",
                        Map.of(),
                        "",
                        null));
    }

    private static java.net.http.HttpResponse<String> end(String url, String when) {
        var page = browser.open(url + "/resiliation");
        var token = TOKEN.matcher(page.body());
        assertThat(token.find()).isTrue();
        return browser.submit(
                page, url + "/resiliation", Map.of("jeton", token.group(1), "quand", when));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "etat=running | fone",
                "etat=ending | ftwo",
                "etat=unpaid | fthree",
                "etat=ended | ffour",
                "etat=nonsense | ''",
                "email=FTWO%40example.com | ftwo",
                "produit=formule+annuelle&email=fone%40example.com | fone",
                "produit=prod_none | ''",
                "du=2027-11-26&email=fone%40example.com | ''",
                "au=2027-11-25&email=fone%40example.com | fone",
            })
    void the_list_is_narrowed_by(String query, String names) {
        known(partner, "fone", "active", null);
        known(partner, "ftwo", "active", PERIOD_END);
        known(partner, "fthree", "past_due", null);
        known(partner, "ffour", "canceled", null);
        paid("sub_fone", "fone_" + Integer.toHexString(query.hashCode()));
        String page = browser.open(LIST + "?" + query).body();
        assertThat(
                        List.of("fone", "ftwo", "fthree", "ffour").stream()
                                .filter(name -> page.contains("sub_" + name + "<"))
                                .toList())
                .isEqualTo(names.isEmpty() ? List.of() : List.of(names.split(" ")));
    }

    @Test
    void a_list_of_many_goes_on_without_losing_or_repeating_one() {
        for (int i = 0; i < 30; i++) {
            known(other, "many%02d".formatted(i), "active", null);
        }
        var operator = new Browser(hub).signedIn();
        String first = operator.open("/console/other/test/abonnements").body();
        var next = Pattern.compile("href=\"([^\"]+after=[^\"]+)\"").matcher(first);
        assertThat(next.find()).isTrue();
        String second = operator.open(next.group(1).replace("&amp;", "&")).body();
        for (int i = 0; i < 30; i++) {
            String link = "/abonnements/sub_many%02d\"".formatted(i);
            assertThat(first.contains(link)).as(link).isNotEqualTo(second.contains(link));
        }
    }

    @Test
    void one_subscription_shows_its_buyer_its_payments_and_what_was_told() {
        String url = running("whole");
        paid("sub_whole", "whole1");
        paid("sub_whole", "whole2");
        var page =
                HubForTests.eventually(
                        () -> browser.open(url).body(), body -> body.contains("FQCA-"));
        assertThat(page)
                .contains("En cours", "Stripe prélève à chaque échéance")
                .contains("25 nov. 2027, 11:00", "Marie Martin", "whole@example.com")
                .contains("Formule Annuelle", "120,00", "Renouvellement d’abonnement")
                .contains("subscription.created", "/console/dupont/test/livraisons/msg_")
                .contains("https://dashboard.stripe.com/test/subscriptions/sub_whole");
    }

    @Test
    void another_partners_subscription_is_not_found() {
        running("mine");
        var operator = new Browser(hub).signedIn();
        for (String page : List.of("", "/resiliation", "/poursuite")) {
            assertThat(
                            operator.open("/console/other/test/abonnements/sub_mine" + page)
                                    .statusCode())
                    .as(page)
                    .isEqualTo(404);
        }
    }

    @Test
    void an_end_with_its_period_says_what_will_happen_is_asked_once_and_is_taken_back() {
        String url = running("later");
        var page = browser.open(url + "/resiliation").body();
        assertThat(page)
                .contains("Le client garde ce qu’il a payé jusqu’au 25 nov. 2027, 11:00")
                .contains("Rien n’est remboursé de soi-même")
                .contains("part vers : http://127.0.0.1:9/hooks")
                .contains("Aucun e-mail ne part d’ici au client");
        assertThat(stripe.posts().to("/v1/subscriptions/sub_later")).isEmpty();
        assertThat(end(url, "fin").body()).contains("Stripe l’a enregistré");
        assertThat(stripe.posts().to("/v1/subscriptions/sub_later").getLast().form())
                .containsExactlyEntriesOf(Map.of("cancel_at_period_end", "true"));
        assertThat(browser.open(url + "/resiliation").body())
                .as("as Stripe says, before its event is here")
                .doesNotContain("Résilier à la fin de la période<");

        hub.stripeEvent(
                stripe.event(
                                "evt_later_updated",
                                "customer.subscription.updated",
                                stripe.known("subscriptions/sub_later"))
                        .toString());
        var told =
                HubForTests.eventually(
                        () -> browser.open(url),
                        shown -> shown.body().contains("Annuler la résiliation"));
        assertThat(told.body()).contains("Il court jusqu’au 25 nov. 2027, 11:00");
        var sure = browser.open(url + "/poursuite");
        assertThat(sure.body()).contains("Stripe prélève de nouveau le 25 nov. 2027");
        var action =
                Pattern.compile("action=\"(" + url + "/poursuite[^\"]+)\"").matcher(sure.body());
        assertThat(action.find()).isTrue();
        assertThat(browser.submit(sure, action.group(1), Map.of()).body())
                .contains("l’abonnement continue");
        assertThat(stripe.posts().to("/v1/subscriptions/sub_later").getLast().form())
                .containsExactlyEntriesOf(Map.of("cancel_at_period_end", "false"));
        assertThat(
                        hub.jdbc()
                                .sql(
                                        "select act from audit_entry where object = 'sub_later' order by entry_id")
                                .query(String.class)
                                .list())
                .containsExactly("subscription.end-asked", "subscription.going-on-asked");
    }

    @Test
    void an_end_at_once_that_is_asked_twice_is_one_end() {
        String url = running("now");
        assertThat(end(url, "maintenant").body()).contains("Stripe l’a résilié");
        assertThat(stripe.known("subscriptions/sub_now").path("status").asString())
                .isEqualTo("canceled");
        assertThat(browser.open(url + "/resiliation").body())
                .contains("il n’y a plus rien à résilier");
    }

    @Test
    void silence_of_stripe_is_said_and_ends_nothing_twice() {
        String url = running("silent");
        var page = browser.open(url + "/resiliation");
        var token = TOKEN.matcher(page.body());
        assertThat(token.find()).isTrue();
        var fields = Map.of("jeton", token.group(1), "quand", "fin");
        stripe.answering(path -> path.contains("sub_silent") ? Answer.of(503) : null);
        assertThat(browser.submit(page, url + "/resiliation", fields).body())
                .contains("Stripe n’a pas répondu");
        stripe.answeringAgain();
        assertThat(browser.submit(page, url + "/resiliation", fields).body())
                .contains("Stripe l’a enregistré");
    }

    @Test
    void what_several_partners_sell_together_one_of_them_does_not_end() {
        String url = running("shared");
        known(other, "shared", "active", null);
        assertThat(browser.open(url).body())
                .contains("produits de plusieurs partenaires")
                .doesNotContain("/resiliation\"");
        assertThat(browser.open(url + "/resiliation").body())
                .contains("produits de plusieurs partenaires")
                .doesNotContain("name=\"jeton\"");
        var page = browser.open("/console/profil");
        assertThat(
                        browser.submit(
                                        page,
                                        url + "/resiliation",
                                        Map.of("jeton", "jeton_byhand1", "quand", "maintenant"))
                                .body())
                .contains("produits de plusieurs partenaires");
        assertThat(stripe.known("subscriptions/sub_shared").path("status").asString())
                .isEqualTo("active");
    }

    @Test
    void a_link_to_the_buyers_page_is_shown_once() {
        String url = running("portal");
        stripe.lists().add("", "/v1/subscriptions", stripe.known("subscriptions/sub_portal"));
        var page = browser.open(url);
        var once = browser.submit(page, url + "/portail", Map.of());
        assertThat(once.body()).contains("https://billing.stripe.com/p/", "à lui seul");
        assertThat(browser.open(url).body()).doesNotContain("billing.stripe.com");
    }
}
