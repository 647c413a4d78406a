package com.comptappart.console;

import static com.comptappart.console.Browser.text;
import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.partner.Partners;
import com.comptappart.people.Invitations;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages of who runs the hub. */
class OperatorPagesTest {

    private static final HubForTests HUB = new HubForTests().withInventedOrders();
    private static final String PARTNERS = "/console/tous/test/partenaires";
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

    private static HttpResponse<String> create(String slug, String administrator) {
        return browser.submit(
                browser.open(PARTNERS + "/nouveau"),
                PARTNERS,
                Map.of(
                        "name",
                        "Société " + slug,
                        "slug",
                        slug,
                        "email",
                        "tech@" + slug + ".example",
                        "language",
                        "en",
                        "account",
                        "",
                        "administrator",
                        administrator));
    }

    @Test
    void a_partner_is_added_with_the_invitation_of_its_administrator() {
        var list = create("dupont", "chef@dupont.example");
        assertThat(text(list))
                .contains("l’invitation part maintenant", "Société dupont dupont")
                .contains("Sans point de réception");
        var partner = HUB.bean(Partners.class).resolve("dupont").orElseThrow();
        assertThat(HUB.bean(Partners.class).get(partner).locale()).isEqualTo("en");
        assertThat(HUB.bean(Invitations.class).open(partner))
                .singleElement()
                .satisfies(each -> assertThat(each.role()).isEqualTo(Role.ADMINISTRATOR));
        assertThat(text(browser.open("/console/tous/test/reglages/journal")))
                .contains("A ajouté un partenaire");
    }

    @Test
    void what_is_wrong_is_said_and_what_was_typed_is_kept() {
        create("martin", "");
        var again = create("martin", "");
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(text(again)).contains("Un autre partenaire a déjà ce nom court");
        assertThat(again.body()).contains("value=\"Société martin\"");
        assertThat(text(create("lebrun", "nobody"))).contains("l’administrateur n’est pas");
        assertThat(HUB.bean(Partners.class).resolve("lebrun")).isEmpty();
    }

    @Test
    void a_partner_is_changed_and_keeps_its_short_name() {
        create("petit", "");
        var form = browser.open(PARTNERS + "/petit");
        assertThat(form.body()).contains("value=\"Société petit\"").doesNotContain("id=\"slug\"");
        var list =
                browser.submit(
                        form,
                        PARTNERS + "/petit",
                        Map.of(
                                "name", "Petit & fils",
                                "slug", "grand",
                                "email", "autre@petit.example",
                                "language", "fr"));
        assertThat(text(list)).contains("Le partenaire est modifié", "Petit &amp; fils petit");
        assertThat(browser.open(PARTNERS + "/inconnu").statusCode()).isEqualTo(404);
    }

    @Test
    void only_who_belongs_to_the_hub_sees_them_and_only_its_administrator_changes_them() {
        create("roux", "");
        var partner = HUB.bean(Partners.class).resolve("roux").orElseThrow();
        var own =
                new Browser(HUB)
                        .signedIn(
                                PeopleForTests.person(
                                        HUB, "own@example.com", partner, Role.ADMINISTRATOR));
        for (String page : new String[] {"/partenaires", "/etat", "/partenaires/nouveau"}) {
            assertThat(own.open("/console/tous/test" + page).statusCode()).isEqualTo(404);
            assertThat(own.open("/console/roux/test" + page).statusCode()).isEqualTo(403);
            assertThat(browser.open("/console/roux/test" + page).statusCode()).isEqualTo(404);
        }
        assertThat(own.open("/console/roux/test/").body()).doesNotContain("/etat\"");
        var reader =
                new Browser(HUB)
                        .signedIn(
                                PeopleForTests.person(
                                        HUB, "reader@example.com", null, Role.READER));
        var list = reader.open(PARTNERS);
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.body()).contains("/console/tous/test/etat").doesNotContain("/nouveau\"");
        assertThat(reader.open(PARTNERS + "/nouveau").statusCode()).isEqualTo(403);
    }

    @Test
    void the_state_of_the_hub_is_told_in_words_and_without_secrets() {
        HUB.jdbc()
                .sql(
                        """
                        insert into stripe_event (account, environment, event_id, type, api_version, event_created, body,
                            received_at, state, reason, due_at)
                        values ('', 'staging', 'evt_state', 'charge.updated', '2026-01-28', now() - interval '7 seconds', '{}',
                            now() - interval '4 seconds', 'attention', 'nothing we know', now())
                        """)
                .update();
        var page =
                eventually(
                        () -> browser.open("/console/tous/test/etat"),
                        each -> each.body().contains("(celui-ci)"));
        assertThat(text(page))
                .contains("La base répond", "Les e-mails partent")
                .contains("La clé de Stripe est là", "Donnez COMPTAPPART_STRIPE_STAGING_APIKEY")
                .contains("evt_state", "3 s", "2026-01-28", "Événements illisibles 1")
                .contains("PostgreSQL 18", "./comptappart sandbox")
                .containsPattern("Migration de la base [0-9]{2,} – [a-z]{3,}");
        assertThat(page.body()).doesNotContain(HubForTests.STRIPE_SECRET, "whsec_");
        assertThat(text(new Browser(HUB).speaking("en").signedIn().open("/console/tous/live/etat")))
                .contains("The database answers", "The seller is complete");
    }
}
