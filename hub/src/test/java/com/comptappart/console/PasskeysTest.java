package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.Partners;
import com.comptappart.people.People;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Person;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Passkeys, with the browser's and the device's part played by {@link Authenticator}. */
class PasskeysTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static HubForTests hub;
    private static PartnerId dupont;

    @BeforeAll
    static void start() {
        // The cookies of a test's plain HTTP: only the passkeys know the public address.
        hub = new HubForTests().with("comptappart.public-url", "http://hub.test").start();
        dupont = hub.bean(Partners.class).create("Dupont", "dupont", "d@example.com", null).id();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void forget() {
        hub.bean(FailedSignIns.class).forget("127.0.0.1");
    }

    @Test
    void a_passkey_that_was_added_lets_its_owner_in_until_it_is_removed() {
        var person = person("one@example.com");
        var owner = new Browser(hub).signedIn(person);
        var device = new Authenticator("http://hub.test");
        var added = add(owner, device);
        assertThat(added.body()).contains("La clé d’accès est ajoutée", "Téléphone");

        var elsewhere = new Browser(hub);
        assertThat(comeIn(elsewhere, device).uri().getPath()).isEqualTo("/console/dupont/test/");
        assertThat(elsewhere.open("/console/profil").body()).contains("one@example.com");
        assertThat(journal(person)).contains("person.passkey-added", "passkey");

        var form = Pattern.compile("action=\"(/console/profil/passkeys/[^\"]+/retirer)\"");
        var profile = owner.open("/console/profil");
        var remove = form.matcher(profile.body());
        assertThat(remove.find()).isTrue();
        owner.submit(profile, remove.group(1), Map.of());
        assertThat(comeIn(new Browser(hub), device).statusCode()).isEqualTo(401);
    }

    @Test
    void
            a_passkey_does_not_admit_who_was_disabled_nor_an_answer_that_is_old_forged_or_of_another_site() {
        var person = person("two@example.com");
        var owner = new Browser(hub).signedIn(person);
        var device = new Authenticator("http://hub.test");
        add(owner, device);

        var browser = new Browser(hub);
        var page = browser.open("/console/sign-in");
        String answer = device.get(options(browser, page, "/console/sign-in/passkey"));
        assertThat(send(browser, page, answer).statusCode()).isEqualTo(200);
        var again = browser.open("/console/sign-in");
        assertThat(send(browser, again, answer).statusCode()).isEqualTo(401);

        var unlocked = new Browser(hub);
        var open = unlocked.open("/console/sign-in");
        device.unlocked();
        assertThat(
                        send(
                                        unlocked,
                                        open,
                                        device.get(
                                                options(
                                                        unlocked,
                                                        open,
                                                        "/console/sign-in/passkey")))
                                .statusCode())
                .isEqualTo(401);
        hub.bean(People.class).disable(person.id(), true);
        assertThat(comeIn(new Browser(hub), device).statusCode()).isEqualTo(401);
    }

    @Test
    void a_passkey_of_another_site_is_not_taken() {
        var owner = new Browser(hub).signedIn(person("three@example.com"));
        assertThat(add(owner, new Authenticator("https://hub.test.evil.example")).body())
                .contains("la réponse du navigateur n’est pas une clé d’accès");
    }

    @Test
    void the_options_name_the_public_host_and_ask_for_the_owners_finger_face_or_code() {
        var browser = new Browser(hub);
        var page = browser.open("/console/sign-in");
        var asked = options(browser, page, "/console/sign-in/passkey");
        assertThat(asked.path("rpId").asString()).isEqualTo("hub.test");
        assertThat(asked.path("userVerification").asString()).isEqualTo("required");
        assertThat(asked.path("allowCredentials")).isEmpty();
        assertThat(page.body())
                .contains("data-passkey=\"get\"")
                .contains("<script defer src=\"/console/static/passkey.js\"></script>");
        assertThat(browser.open("/console/static/passkey.js").statusCode()).isEqualTo(200);
    }

    private static Person person(String email) {
        return PeopleForTests.person(hub, email, dupont, Role.READER);
    }

    private static HttpResponse<String> add(Browser owner, Authenticator device) {
        var page = owner.open("/console/profil");
        var options = options(owner, page, "/console/profil/passkeys/options");
        return owner.submit(
                page,
                "/console/profil/passkeys",
                Map.of("key", device.create(options), "label", "Téléphone"));
    }

    private static HttpResponse<String> comeIn(Browser browser, Authenticator device) {
        var page = browser.open("/console/sign-in");
        return send(browser, page, device.get(options(browser, page, "/console/sign-in/passkey")));
    }

    private static HttpResponse<String> send(
            Browser browser, HttpResponse<String> page, String answer) {
        return browser.submit(page, "/console/sign-in", Map.of("key", answer));
    }

    private static JsonNode options(Browser browser, HttpResponse<String> page, String path) {
        return JSON.readTree(browser.submit(page, path, Map.of()).body());
    }

    private static String journal(Person person) {
        return hub.jdbc()
                .sql(
                        "select string_agg(act || ' ' || detail, ' ') from audit_entry where actor_id = :id")
                .param("id", person.id())
                .query(String.class)
                .single();
    }
}
