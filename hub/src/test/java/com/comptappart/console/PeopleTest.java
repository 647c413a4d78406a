package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.PartnerId;
import com.comptappart.mail.Mails;
import com.comptappart.partner.Partners;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People come in by mail, see what is theirs, and go when they are told to. */
class PeopleTest {

    private static final Pattern LINK =
            Pattern.compile(
                    "http://console\\.test/console/[a-z]+\\?jeton=((?:link|invite)_[A-Za-z0-9]+)");
    private static final GreenMail SMTP =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static volatile Duration ahead = Duration.ZERO;
    private static HubForTests hub;
    private static PartnerId dupont;
    private static Browser operator;

    @BeforeAll
    static void start() {
        SMTP.start();
        hub =
                new HubForTests()
                        .with("spring.mail.host", "127.0.0.1")
                        .with("spring.mail.port", Integer.toString(SMTP.getSmtp().getPort()))
                        .with("comptappart.public-url", "http://console.test")
                        .at(() -> Instant.now().plus(ahead))
                        .start();
        dupont = hub.bean(Partners.class).create("Dupont", "dupont", "d@example.com", null).id();
        hub.bean(Partners.class).create("Other", "other", "o@example.com", null);
        operator = new Browser(hub).signedIn();
    }

    @AfterAll
    static void stop() {
        hub.close();
        SMTP.stop();
    }

    @BeforeEach
    void forget() {
        hub.bean(FailedSignIns.class).forget("127.0.0.1");
        hub.bean(FailedSignIns.class).forget("link 127.0.0.1");
    }

    @Test
    void an_invited_developer_comes_in_by_mail_and_sees_one_partner_only() {
        var team = "/console/dupont/test/reglages/equipe";
        var invited =
                operator.submit(
                        operator.open(team),
                        team + "/invitations",
                        Map.of("email", "Dev@Example.com", "role", "developer"));
        assertThat(invited.body())
                .contains("L’invitation part maintenant", "<strong>dev@example.com");

        String token = token(mailTo("dev@example.com", 1));
        var browser = new Browser(hub);
        var page = browser.open("/console/invitation?jeton=" + token);
        assertThat(page.body()).contains("Dupont", "Développeur", "dev@example.com");
        var home =
                browser.submit(
                        page, "/console/sign-in", Map.of("key", token, "name", "Ève Martin"));
        assertThat(home.uri().getPath()).isEqualTo("/console/dupont/test/");
        assertThat(home.body())
                .contains("Ève Martin", "Dupont")
                .doesNotContain("/console/tous/", "/console/other/");
        assertThat(browser.open("/console/other/test/commandes").statusCode()).isEqualTo(404);
        assertThat(browser.open("/console/tous/test/commandes").statusCode()).isEqualTo(404);

        assertThat(operator.open(team).body())
                .contains("Ève Martin", "dev@example.com")
                .doesNotContain("<strong>dev@example.com");
        var again = new Browser(hub);
        assertThat(again.open("/console/invitation?jeton=" + token).statusCode()).isEqualTo(401);
    }

    @Test
    void a_known_address_gets_a_link_that_lets_in_once_and_only_by_its_button() {
        PeopleForTests.person(hub, "once@example.com", dupont, Role.READER);
        var wanted = "/console/dupont/live/commandes";
        var told = ask("once@example.com", wanted);
        String mail = mailTo("once@example.com", 1);
        String link = token(mail);
        assertThat(mail).contains("&to=%2Fconsole%2Fdupont%2Flive%2Fcommandes");

        var scanner = new Browser(hub);
        scanner.open("/console/entrer?jeton=" + link);
        var browser = new Browser(hub);
        var page = browser.open("/console/entrer?jeton=" + link + "&to=" + wanted);
        assertThat(page.statusCode()).isEqualTo(200);
        var home = browser.submit(page, "/console/sign-in", Map.of("key", link, "to", wanted));
        assertThat(home.uri().getPath()).isEqualTo(wanted);
        assertThat(told.uri().getPath()).isEqualTo("/console/sign-in/sent");

        var late = new Browser(hub).open("/console/entrer?jeton=" + link);
        assertThat(late.statusCode()).isEqualTo(401);
        assertThat(late.body()).contains("Ce lien a déjà servi");
    }

    @Test
    void an_unknown_address_is_answered_the_same_and_gets_nothing() {
        PeopleForTests.person(hub, "known@example.com", dupont, Role.READER);
        var known = ask("known@example.com", "");
        var unknown = ask("nobody@example.com", "");
        assertThat(unknown.statusCode()).isEqualTo(known.statusCode());
        assertThat(withoutToken(unknown)).isEqualTo(withoutToken(known));
        mailTo("known@example.com", 1);
        assertThat(mailsTo("nobody@example.com")).isEmpty();
    }

    @Test
    void a_mailbox_gets_three_links_in_a_quarter_of_an_hour_and_no_more() {
        PeopleForTests.person(hub, "often@example.com", dupont, Role.READER);
        PeopleForTests.person(hub, "after@example.com", dupont, Role.READER);
        for (int i = 0; i < 5; i++) {
            ask("often@example.com", "");
        }
        ask("after@example.com", "");
        mailTo("after@example.com", 1);
        assertThat(mailTo("often@example.com", 3)).isNotEmpty();
        assertThat(mailsTo("often@example.com")).hasSize(3);
    }

    @Test
    void ten_links_a_minute_from_one_address_are_enough() {
        for (int i = 0; i < FailedSignIns.ALLOWED; i++) {
            ask("nobody@example.com", "");
        }
        assertThat(ask("nobody@example.com", "").statusCode()).isEqualTo(429);
    }

    @Test
    void a_link_is_over_after_a_quarter_of_an_hour() {
        var person = PeopleForTests.person(hub, "slow@example.com", dupont, Role.READER);
        String link = PeopleForTests.link(hub, person);
        ahead = ahead.plusMinutes(16);
        assertThat(new Browser(hub).open("/console/entrer?jeton=" + link).statusCode())
                .isEqualTo(401);
    }

    @Test
    void the_mail_that_lets_in_is_encrypted_and_no_page_shows_it() {
        PeopleForTests.person(hub, "sealed@example.com", dupont, Role.READER);
        ask("sealed@example.com", "");
        String link = token(mailTo("sealed@example.com", 1));
        assertThat(
                        hub.jdbc()
                                .sql(
                                        """
                                        select count(*) from mail
                                        where position(:link in text_body || html_body || subject || key) > 0
                                        """)
                                .param("link", link)
                                .query(Integer.class)
                                .single())
                .isZero();
        var mail =
                hub
                        .bean(Mails.class)
                        .list(null, null, null, new com.comptappart.kernel.PageRequest(50, null))
                        .data()
                        .stream()
                        .filter(each -> each.recipient().equals("sealed@example.com"))
                        .findFirst()
                        .orElseThrow();
        String path = "/console/part_unassigned/live/e-mails/" + mail.id();
        var page = operator.open(path);
        assertThat(page.body()).contains("son texte est chiffré").doesNotContain("iframe");
        assertThat(operator.submit(page, path, Map.of()).body()).contains("Rien n’a été fait");
        assertThat(mailsTo("sealed@example.com")).hasSize(1);
    }

    @Test
    void an_invitation_that_is_sent_again_replaces_its_link_and_a_revoked_one_opens_nothing() {
        var team = "/console/tous/test/reglages/equipe";
        operator.submit(
                operator.open(team),
                team + "/invitations",
                Map.of("email", "late@example.com", "role", "reader"));
        String first = token(mailTo("late@example.com", 1));
        String id = id(operator.open(team).body(), "late@example.com");
        ahead = ahead.plusSeconds(1);
        operator.submit(operator.open(team), team + "/invitations/" + id + "/renvoyer", Map.of());
        String second = token(mailTo("late@example.com", 2));
        assertThat(opens(first)).isFalse();
        assertThat(opens(second)).isTrue();
        operator.submit(operator.open(team), team + "/invitations/" + id + "/revoquer", Map.of());
        assertThat(opens(second)).isFalse();
    }

    @Test
    void a_session_survives_a_restart_and_another_node_serves_it() {
        var person = PeopleForTests.person(hub, "stays@example.com", dupont, Role.READER);
        var browser = new Browser(hub).signedIn(person);
        var twin = hub.twin().start();
        try {
            var page = browser.through(twin).open("/console/dupont/test/commandes");
            assertThat(page.uri().getPath()).isEqualTo("/console/dupont/test/commandes");
            assertThat(page.body()).contains("stays@example.com");
        } finally {
            twin.close();
        }
        browser.through(hub);
    }

    @Test
    void one_sees_ones_sessions_and_ends_the_others() {
        var person = PeopleForTests.person(hub, "many@example.com", dupont, Role.READER);
        var here = new Browser(hub).signedIn(person);
        var there = new Browser(hub).signedIn(person);
        var third = new Browser(hub).signedIn(person);
        var page = here.open("/console/profil");
        assertThat(page.body()).contains("celle-ci", "127.0.0.1", "Java-http-client");
        assertThat(page.body())
                .doesNotContain(here.cookie(ConsoleDoor.SESSION_COOKIE))
                .doesNotContain(there.cookie(ConsoleDoor.SESSION_COOKIE));
        var form = Pattern.compile("action=\"(/console/profil/sessions/[0-9a-f]{16})\"");
        assertThat(form.matcher(page.body()).results()).hasSize(2);
        here.submit(page, "/console/profil/sessions", Map.of());
        assertThat(isIn(here)).isTrue();
        assertThat(isIn(there)).isFalse();
        assertThat(isIn(third)).isFalse();
    }

    @Test
    void who_is_removed_disabled_or_signed_out_by_an_administrator_is_out_at_the_next_page() {
        PeopleForTests.person(hub, "boss@example.com", dupont, Role.ADMINISTRATOR);
        var person = PeopleForTests.person(hub, "leaver@example.com", dupont, Role.READER);
        String url = "/console/dupont/test/reglages/equipe/" + person.id();

        var browser = new Browser(hub).signedIn(person);
        operator.submit(operator.open(url), url + "/sessions", Map.of());
        assertThat(isIn(browser)).isFalse();

        browser = new Browser(hub).signedIn(person);
        operator.submit(operator.open(url + "/desactiver"), url + "/desactiver", Map.of());
        assertThat(isIn(browser)).isFalse();
        assertThat(new Browser(hub).enter(PeopleForTests.link(hub, person)).statusCode())
                .isEqualTo(401);
        operator.submit(operator.open(url), url + "/reactiver", Map.of());

        browser = new Browser(hub).signedIn(person);
        assertThat(isIn(browser)).isTrue();
        var gone = operator.submit(operator.open(url + "/retirer"), url + "/retirer", Map.of());
        assertThat(gone.body()).contains("n’est plus dans l’équipe").doesNotContain("leaver@");
        assertThat(isIn(browser)).isFalse();
    }

    @Test
    void a_changed_role_holds_at_the_next_page_and_the_last_administrator_stays() {
        var other = hub.bean(Partners.class).create("Solo", "solo", "s@example.com", null).id();
        var boss = PeopleForTests.person(hub, "solo@example.com", other, Role.ADMINISTRATOR);
        var browser = new Browser(hub).signedIn(boss);
        String url = "/console/solo/test/reglages/equipe/" + boss.id();
        var kept = browser.submit(browser.open(url), url + "/role", Map.of("role", "reader"));
        assertThat(kept.body()).contains("Rien n’a été fait", "une équipe garde un administrateur");
        var second = PeopleForTests.person(hub, "second@example.com", other, Role.ADMINISTRATOR);
        browser.submit(browser.open(url), url + "/role", Map.of("role", "reader"));
        assertThat(browser.open(url).statusCode()).isEqualTo(403);
        assertThat(new Browser(hub).signedIn(second).open(url).statusCode()).isEqualTo(200);
    }

    @Test
    void every_act_is_in_the_journal_with_who_what_when_and_from_where() {
        var boss = PeopleForTests.person(hub, "scribe@example.com", dupont, Role.ADMINISTRATOR);
        var browser = new Browser(hub).signedIn(boss);
        String team = "/console/dupont/test/reglages/equipe";
        browser.submit(
                browser.open(team),
                team + "/invitations",
                Map.of("email", "written@example.com", "role", "reader"));
        browser.submit(
                browser.open(team),
                team + "/invitations",
                Map.of("email", "written@example.com", "role", "reader"));

        String journal = "/console/dupont/test/reglages/journal";
        var page = browser.open(journal + "?qui=scribe%40example.com&quoi=team");
        assertThat(page.body())
                .contains("A invité", "rôle Lecture", "written@example.com", boss.id())
                .contains("127.0.0.1", "Java-http-client");
        // The second, which was refused, did nothing.
        assertThat(Pattern.compile(">A invité<").matcher(page.body()).results()).hasSize(1);
        assertThat(browser.open(journal + "?qui=nobody%40example.com").body())
                .contains("Aucun acte ne correspond");
        assertThat(browser.open(journal + "?du=2000-01-01&au=2000-01-02").body())
                .contains("Aucun acte ne correspond");
        assertThat(operator.open("/console/other/test/reglages/journal").body())
                .doesNotContain("written@example.com");
        assertThat(operator.open("/console/tous/test/reglages/journal?quoi=session").body())
                .contains("S’est connecté", "par link", boss.id());
    }

    @Test
    void the_journal_can_be_neither_changed_nor_emptied() {
        for (String statement :
                List.of(
                        "update audit_entry set act = 'x.y'",
                        "delete from audit_entry",
                        "truncate audit_entry")) {
            assertThat(
                            org.assertj.core.api.Assertions.catchThrowable(
                                    () -> hub.jdbc().sql(statement).update()))
                    .hasMessageContaining("never changed nor deleted");
        }
    }

    private static boolean isIn(Browser browser) {
        return browser.open("/console/profil").uri().getPath().equals("/console/profil");
    }

    private static boolean opens(String invitation) {
        return new Browser(hub).open("/console/invitation?jeton=" + invitation).statusCode() == 200;
    }

    private static HttpResponse<String> ask(String email, String to) {
        var browser = new Browser(hub);
        return browser.submit(
                browser.open("/console/sign-in"),
                "/console/sign-in/link",
                Map.of("email", email, "to", to));
    }

    private static String withoutToken(HttpResponse<String> page) {
        return page.body().replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "");
    }

    private static String id(String page, String email) {
        var found =
                Pattern.compile("(inv_[A-Za-z0-9]+)/renvoyer\"[^\\n]*" + Pattern.quote(email))
                        .matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String token(String mail) {
        var found = LINK.matcher(mail);
        assertThat(found.find()).as(mail).isTrue();
        return found.group(1);
    }

    private static List<String> mailsTo(String address) {
        return Arrays.stream(SMTP.getReceivedMessages())
                .map(GreenMailUtil::getWholeMessage)
                .filter(each -> each.contains("To: " + address))
                .map(each -> each.replace("=\r\n", "").replace("=3D", "="))
                .toList();
    }

    /** The last mail to that address, once so many have come. */
    private static String mailTo(String address, int count) {
        return HubForTests.eventually(() -> mailsTo(address), count).getLast();
    }
}
