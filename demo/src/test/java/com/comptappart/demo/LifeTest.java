package com.comptappart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A subscription's life as {@code --subscription --once} plays it, on free ports. */
class LifeTest {

    private static final List<Life.Step> STEPS = new ArrayList<>();
    private static Parts parts;
    private static Life life;
    private static List<String> wrong;

    @BeforeAll
    static void live() throws IOException {
        var directory =
                Files.createTempDirectory(Files.createDirectories(Path.of("target")), "life-");
        parts = Parts.start(new Settings(directory, true, true, false), Clock.systemUTC());
        life = new Life(parts, Clock.systemUTC(), STEPS::add);
        wrong = life.play();
    }

    @AfterAll
    static void end() {
        if (parts != null) {
            parts.close();
        }
    }

    @Test
    void every_step_leads_to_exactly_its_documents_mails_and_notifications() {
        assertThat(wrong).isEmpty();
        assertThat(STEPS)
                .extracting(LifeTest::led)
                .containsExactly(
                        "0 0 [subscription.created]",
                        "0 0 [subscription.updated]",
                        "1 1 [order.renewed]",
                        "1 1 [order.created, subscription.updated]",
                        "0 0 [subscription.updated]",
                        "1 1 [order.renewed]",
                        "0 0 [subscription.updated]",
                        "0 0 [subscription.updated]",
                        "0 0 [subscription.payment_failed, subscription.updated]",
                        "0 0 [subscription.updated]",
                        "1 1 [order.renewed, subscription.updated]",
                        "1 1 [order.refunded]",
                        "0 0 [subscription.canceled]");
        assertThat(parts.server().documents()).isEqualTo(5);
    }

    @Test
    void the_partner_gets_the_answers_the_years_and_the_properties_that_are_paid_for() {
        var paid = calls("order.");
        assertThat(paid).hasSize(5);
        assertThat(paid)
                .allSatisfy(order -> {
                    var answer = order.path("custom_fields").path(0);
                    assertThat(answer.path("key").asString()).isEqualTo("regimefiscal");
                    assertThat(answer.path("value").asString()).isEqualTo("lmnpreel");
                    assertThat(order.path("is_subscription").asBoolean()).isTrue();
                });
        int first = STEPS.get(2).at().atZone(ShopStripe.PARIS).getYear();
        int changed = STEPS.get(3).at().atZone(ShopStripe.PARIS).getYear();
        String bordeaux = Property.BORDEAUX.name();
        String arcachon = Property.ARCACHON.name();
        assertThat(covered(paid.get(0))).containsExactly(first + " " + bordeaux);
        assertThat(covered(paid.get(1))).contains(changed + " " + arcachon);
        assertThat(covered(paid.get(2)))
                .containsExactly((first + 1) + " " + bordeaux, (first + 1) + " " + arcachon);
        assertThat(covered(paid.get(3)))
                .containsExactly((first + 2) + " " + bordeaux, (first + 2) + " " + arcachon);
    }

    @Test
    void the_refund_is_told_with_its_credit_note() {
        var body =
                life.evidence().calls().stream()
                        .filter(call -> call.type().equals("order.refunded"))
                        .map(Call::body)
                        .findFirst()
                        .orElseThrow();
        assertThat(body.path("refund").path("full").asBoolean(true)).isFalse();
        assertThat(body.path("credit_note").path("number").asString())
                .isEqualTo(life.evidence().documents().getLast().number());
        assertThat(life.evidence().mails().getLast().subject()).contains("avoir");
    }

    @Test
    void what_comes_without_being_due_and_what_is_due_without_coming_are_named() {
        var expected =
                new Expected().invoice(1_00).subscription("subscription.created", "trialing");
        var there = List.of("subscription.created (trialing)", "la facture de 2,00 €");

        assertThat(Life.difference("Pas", expected.things(), there))
                .containsExactly(
                        "« Pas » : il manque la facture de 1,00 €.",
                        "« Pas » : il manque le courriel avec la facture de 1,00 €.",
                        "« Pas » : il y a en trop la facture de 2,00 €.");
    }

    @Test
    void the_shop_subscribes_and_thanks_for_a_trial() {
        assertThat(page(parts.shop().url("/"))).contains("S&#39;abonner", "120,00", "TTC / an");
        assertThat(page(parts.shop().url("/merci?session=" + life.session())))
                .contains("essai de 14 jours commence");
    }

    private static String led(Life.Step step) {
        var types =
                step.notifications().stream().map(told -> told.split(" ", 2)[0]).sorted().toList();
        return step.documents().size() + " " + step.mails() + " " + types;
    }

    private static List<JsonNode> calls(String types) {
        return life.evidence().calls().stream()
                .filter(call -> call.type().startsWith(types))
                .map(call -> call.body().path("order"))
                .toList();
    }

    private static List<String> covered(JsonNode order) {
        var covered = new ArrayList<String>();
        order.path("coverage")
                .forEach(entry ->
                        covered.add(
                                entry.path("year").asInt()
                                        + " "
                                        + entry.path("property").path("name").asString()));
        return covered;
    }

    private static String page(String url) {
        return parts.http()
                .send(parts.http().request(url).GET(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
