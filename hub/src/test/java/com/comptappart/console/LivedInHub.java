package com.comptappart.console;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Partners;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Person;
import com.comptappart.people.Role;
import com.comptappart.testing.Chromium;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.testing.Sale;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.Subscription;
import com.comptappart.testing.Visit;
import com.comptappart.webhook.Endpoints;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A hub that has been lived in: one of all that its pages show, of the partner {@code atelier}. */
final class LivedInHub implements AutoCloseable {

    static final String SLUG = "atelier";
    static final String EMAIL = "marie.martin@example.com";
    private static final Instant PERIOD_END = Instant.parse("2027-11-25T10:00:00Z");

    final HubForTests hub;
    final PartnerReceiver receiver;
    final GreenMail mail;
    final PartnerId partner;
    private final StripeStub stripe = StripeStub.start();
    private final Person administrator;
    private final Browser browser;
    private String withdrawn = "";
    private String ended = "";

    LivedInHub() throws IOException {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        receiver = new PartnerReceiver();
        int port = freePort();
        hub =
                new HubForTests()
                        .asking(stripe)
                        .withProduction()
                        .with("server.port", Integer.toString(port))
                        .with("comptappart.public-url", "http://localhost:" + port)
                        .with("comptappart.mail.from", "factures@comptappart.example")
                        .with("spring.mail.host", "127.0.0.1")
                        .with("spring.mail.port", Integer.toString(mail.getSmtp().getPort()))
                        .start();
        partner =
                hub.bean(Partners.class)
                        .create("L’Atelier des Déclarations", SLUG, "contact@example.com", "fr")
                        .id();
        administrator =
                PeopleForTests.person(hub, "operateur@example.com", null, Role.ADMINISTRATOR);
        PeopleForTests.person(hub, "gestion@example.com", partner, Role.MANAGEMENT);
        browser = new Browser(hub).signedIn(administrator);
        sell();
        integrate();
        fail();
        declare();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String origin() {
        return "http://localhost:" + hub.port();
    }

    /** What a page of the partner's test mode has for an address. */
    static String place(String page) {
        return "/console/" + SLUG + "/test" + page;
    }

    /** A window in which the hub's administrator is signed in, by the link and its button. */
    Visit visit(Chromium chromium, String language, boolean withScripts) {
        var visit = chromium.visit(origin(), language, withScripts);
        visit.open("/console/entrer?jeton=" + PeopleForTests.link(hub, administrator));
        visit.page().locator("main form button").first().click();
        assertThat(visit.page().url()).doesNotContain("entrer", "sign-in");
        return visit;
    }

    /** The administrator's browser without JavaScript. */
    Browser browser() {
        return browser;
    }

    /** The last row's value of a column. */
    String newest(String table, String column) {
        return hub.jdbc()
                .sql("select %s::text from %s order by ctid desc limit 1".formatted(column, table))
                .query(String.class)
                .single();
    }

    private void sell() {
        made("/hooks", "caisse");
        var sale =
                new Sale("lived", "eur")
                        .inTestMode()
                        .answer("annee", "2025")
                        .line(
                                "Déclaration d’impôts - Formule Complète",
                                1,
                                9_999,
                                new Sale.Tax(1_667, "20", "FR", "standard_rated"),
                                Map.of("partner", SLUG))
                        .line(
                                "Guide papier",
                                2,
                                4_220,
                                new Sale.Tax(220, "5.5", "FR", "reduced_rated"),
                                Map.of("partner", SLUG));
        tell(sale.paid());
        eventually(() -> count("select count(*) from paid_order"), count -> count == 1);
        tell(sale.refunded("re_lived", 1_000));
        var subscription =
                new Subscription("lived", "2026-07-29.dahlia", SLUG).knownTo(stripe, "lived");
        var active = subscription.subscription("active", PERIOD_END);
        stripe.subscription(active).lists().add("", "/v1/subscriptions", active);
        tell(
                subscription.event(
                        "evt_lived_sub",
                        "customer.subscription.created",
                        subscription.subscription("active", PERIOD_END),
                        0));
        tell(
                subscription.event(
                        "evt_lived_cs", "checkout.session.completed", subscription.session(), 1));
        tell(
                subscription.event(
                        "evt_lived_in",
                        "invoice.paid",
                        subscription.invoice(
                                "lived",
                                "subscription_create",
                                Subscription.Line.of("1 × Formule", 12_000)),
                        2));
        eventually(
                () -> count("select count(*) from mail where ended_at is not null"),
                sent -> sent >= 3);
    }

    /** Some orders at an endpoint that refuses them, and one that nobody can read. */
    private void fail() {
        made("/outage", "secours");
        receiver.answering(call -> call.path().equals("/outage") ? 422 : 200);
        for (int i = 0; i < 3; i++) {
            tell(
                    new Sale("failed" + i, "eur")
                            .inTestMode()
                            .line("Bail", 1, 2_500, Sale.Tax.NONE, Map.of("partner", SLUG))
                            .paid());
        }
        eventually(
                () -> count("select count(*) from webhook_notification where state = 'failed'"),
                failed -> failed >= 3);
        tell(
                "{\"id\":\"evt_unread\",\"object\":\"event\",\"api_version\":\"2026-07-29.dahlia\",\"created\":1790000000,"
                        + "\"livemode\":false,\"type\":\"checkout.session.completed\",\"data\":{\"object\":{\"id\":\"cs_bad\","
                        + "\"object\":\"checkout.session\",\"mode\":\"payment\",\"payment_status\":\"paid\",\"currency\":\"eur\","
                        + "\"amount_total\":\"none\"}}}");
        recover();
    }

    /** Another partner whose server refused as many orders, and takes them now. */
    void outage(String slug, int orders) {
        var failing = hub.bean(Partners.class).create(slug, slug, slug + "@example.com", "fr").id();
        hub.bean(Endpoints.class)
                .create(
                        failing,
                        Environment.STAGING,
                        new Endpoints.Wish(receiver.url("/" + slug), null, null, slug, null));
        receiver.answering(call -> call.path().equals("/" + slug) ? 422 : 200);
        for (int i = 0; i < orders; i++) {
            tell(
                    new Sale(slug + i, "eur")
                            .inTestMode()
                            .line("Bail", 1, 2_500, Sale.Tax.NONE, Map.of("partner", slug))
                            .paid());
        }
        eventually(
                () ->
                        count(
                                "select count(*) from webhook_notification where state = 'failed' and partner_id = '"
                                        + failing
                                        + "'"),
                failed -> failed == orders);
        receiver.answering(_ -> 200);
    }

    private int count(String sql) {
        return hub.jdbc().sql(sql).query(Integer.class).single();
    }

    private void tell(String event) {
        assertThat(hub.stripeEvent(event).statusCode()).isEqualTo(200);
    }

    private void made(String path, String description) {
        hub.bean(Endpoints.class)
                .create(
                        partner,
                        Environment.STAGING,
                        new Endpoints.Wish(receiver.url(path), null, null, description, null));
    }

    private void integrate() {
        String page = "/integration/" + newest("webhook_endpoint", "endpoint_id");
        post(page, page + "/certification", Map.of());
        post(
                "/developpeurs/cles",
                "/developpeurs/cles/nouvelle",
                Map.of("description", "caisse", "all", "on"));
        invite("invitee@example.com");
    }

    /** Invites a developer. */
    void invite(String email) {
        post(
                "/reglages/equipe",
                "/reglages/equipe/invitations",
                Map.of("email", email, "role", "developer"));
    }

    private void recover() {
        String plan = "/livraisons/reprise/" + newest("webhook_endpoint", "endpoint_id");
        post(plan, plan, Map.of());
    }

    /** A buyer withdraws from an order and another ends a subscription, without an account. */
    private void declare() {
        withdrawn = declare("/renoncer", EMAIL, "1");
        ended = declare("/resilier", "marie@example.com", "sub_lived");
        eventually(() -> link("/resilier/revenir/"), link -> !link.isEmpty());
    }

    private String declare(String path, String email, String reference) {
        var fields = Map.of("nom", "Marie Martin", "email", email, "contrat", reference);
        var check = browser.submit(browser.open(path), path, fields);
        String received = browser.submit(check, path + "/notifier", fields).uri().getPath();
        assertThat(received).contains("/recue/");
        return received;
    }

    /** What stands at the end of the address that says what was declared. */
    String receipt(boolean ofEnd) {
        String receipt = ofEnd ? ended : withdrawn;
        return receipt.substring(receipt.lastIndexOf('/') + 1);
    }

    /** The first link of that kind in a mail to a buyer; empty where there is none. */
    String link(String beginning) {
        var link = Pattern.compile(beginning + "[A-Za-z0-9_.~-]+");
        return hub
                .jdbc()
                .sql("select text_body from mail order by order_id, created_at")
                .query(String.class)
                .list()
                .stream()
                .map(link::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .orElse("");
    }

    private void post(String page, String to, Map<String, String> fields) {
        var answer = browser.submit(browser.open(place(page)), place(to), fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Override
    public void close() {
        hub.close();
        stripe.close();
        receiver.close();
        mail.stop();
    }
}
