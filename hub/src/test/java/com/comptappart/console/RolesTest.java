package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Order;
import com.comptappart.partner.Partners;
import com.comptappart.people.Act;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Person;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** Every handler of the console, tried by every role, with one's own partner and another's. */
class RolesTest {

    private static final HubForTests HUB = new HubForTests().withInventedOrders();
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)(?::[^/]*)?}");
    private static final Map<Role, Browser> BROWSERS = new EnumMap<>(Role.class);
    private static Order order;
    private static PartnerId own;
    private static Person victim;

    @BeforeAll
    static void start() {
        HUB.start();
        own = partner("own");
        partner("other");
        order =
                OrdersForTests.record(
                        HUB,
                        OrdersForTests.paid(own, Environment.STAGING, "cs_test_own", "Marie", ""));
        victim = PeopleForTests.person(HUB, "victim@example.com", own, Role.READER);
        for (var role : Role.all()) {
            var person = PeopleForTests.person(HUB, role.code() + "@example.com", own, role);
            BROWSERS.put(role, new Browser(HUB).signedIn(person));
        }
    }

    private static PartnerId partner(String slug) {
        return HUB.bean(Partners.class).create(slug, slug, slug + "@example.com", null).id();
    }

    @AfterAll
    static void stop() {
        HUB.close();
    }

    /** A handler with its address, as one browser's request. */
    private record Tried(String method, String pattern, Act act) {

        boolean hasPlace() {
            return pattern.contains("{partner}");
        }

        /**
         * With that partner; what only a real id finds is made up, so that no act does anything.
         */
        String path(String partner) {
            return VARIABLE.matcher(pattern)
                    .replaceAll(found ->
                            switch (found.group(1)) {
                                case "partner" -> partner;
                                case "environment" ->
                                        pattern.contains("{environment:live}") ? "live" : "test";
                                case "order" -> order.id().toString();
                                case "person" -> victim.id();
                                case "handle" -> "0123456789abcdef";
                                case "notification" -> "msg_unknown0";
                                case "endpoint" -> "we_unknown0";
                                case "recovery" -> "rec_unknown0";
                                case "certification" -> "cert_unknown0";
                                case "key" -> "key_unknown0";
                                case "event" -> "evt_unknown0";
                                case "subscription" -> "sub_unknown0";
                                case "logo" -> "logo_unknown0";
                                case "type" -> "order.created";
                                case "language" -> "node";
                                case "operation" -> "listOrders";
                                default -> "unknown0";
                            });
        }

        /** The status; what follows it may go on for as long as the page is open. */
        int by(Browser browser, String partner) {
            if (method.equals("GET")) {
                var answer = browser.listen(path(partner));
                try (var _ = answer.body()) {
                    return answer.statusCode();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return browser.submit(browser.open("/console/profil"), path(partner), Map.of())
                    .statusCode();
        }
    }

    private static List<Tried> all() {
        var all = new ArrayList<Tried>();
        HUB.bean(RolesDeclared.class)
                .all()
                .forEach((info, method) -> {
                    Act act = RoleCheck.needed(method);
                    if (act == null
                            || RoleCheck.isOpen(method)
                            || method.getBeanType() == NothingHere.class) {
                        return;
                    }
                    for (String pattern : info.getPatternValues()) {
                        all.add(new Tried(verb(info), pattern, act));
                    }
                });
        return all;
    }

    private static String verb(RequestMappingInfo info) {
        return info.getMethodsCondition().getMethods().stream()
                .findFirst()
                .map(RequestMethod::name)
                .orElse("GET");
    }

    @Test
    void every_handler_lets_in_the_roles_that_may_and_refuses_the_others() {
        var handlers = all();
        assertThat(handlers).hasSizeGreaterThan(25);
        var softly = new SoftAssertions();
        for (var tried : handlers) {
            for (var role : Role.all()) {
                // The former act may have removed them.
                PeopleForTests.person(HUB, "victim@example.com", own, Role.READER);
                boolean may = role.may(tried.act()) && !tried.act().ofHub();
                int status = tried.by(BROWSERS.get(role), "own");
                var about = softly.assertThat(status).as("%s, %s", tried, role);
                if (!may) {
                    about.isEqualTo(403);
                } else if (tried.path("own").contains("unknown0")) {
                    about.isIn(200, 404);
                } else {
                    // A form that is sent empty is answered with what is missing; what tells an
                    // open
                    // page of changes has none to tell of.
                    about.isIn(200, 204, 400);
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void anothers_partner_is_not_found_whatever_the_role_and_the_act() {
        var softly = new SoftAssertions();
        for (var tried : all()) {
            for (var role : Role.all()) {
                if (tried.hasPlace()) {
                    for (String partner : List.of("other", "tous", "part_unassigned")) {
                        softly.assertThat(tried.by(BROWSERS.get(role), partner))
                                .as("%s with %s, %s", tried, partner, role)
                                .isEqualTo(404);
                    }
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void a_refusal_says_which_role_is_needed_and_who_gives_it() {
        var refused = BROWSERS.get(Role.READER).open("/console/own/test/reglages/equipe");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains("Votre rôle ne le permet pas", "Administrateur")
                .contains("administrator@example.com")
                .doesNotContain("management@example.com");
    }

    @Test
    void a_page_offers_only_what_one_may_do() {
        String path = "/console/own/test/commandes/" + order.id();
        HubForTests.eventually(
                () -> BROWSERS.get(Role.ADMINISTRATOR).open(path).body(),
                body -> body.contains("action=\"" + path + "/e-mails/"));
        assertThat(BROWSERS.get(Role.MANAGEMENT).open(path).body())
                .contains("action=\"" + path + "/e-mails/");
        assertThat(BROWSERS.get(Role.READER).open(path).body())
                .contains("Marie")
                .doesNotContain("action=\"" + path);
        assertThat(BROWSERS.get(Role.DEVELOPER).open(path).body())
                .doesNotContain("href=\"/console/own/test/reglages\"", "/console/tous/")
                .doesNotContain("action=\"" + path + "/e-mails/");
        assertThat(BROWSERS.get(Role.ADMINISTRATOR).open(path).body())
                .contains("href=\"/console/own/test/reglages\"");
    }

    @Test
    void a_handler_that_does_not_say_who_may_reach_it_stops_the_start() throws Exception {
        Method silent = Silent.class.getDeclaredMethod("page");
        var mapped =
                Map.of(
                        RequestMappingInfo.paths("/console/silent").build(),
                        new HandlerMethod(new Silent(), silent));
        assertThatThrownBy(() -> RolesDeclared.check(mapped))
                .hasMessageContaining("@May")
                .hasMessageContaining("Silent#page");
    }

    /** A page that someone forgot to protect. */
    private static final class Silent {
        Optional<@Nullable String> page() {
            return Optional.empty();
        }
    }
}
