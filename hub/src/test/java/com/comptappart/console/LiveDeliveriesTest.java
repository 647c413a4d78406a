package com.comptappart.console;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.partner.ApiKeys;
import com.comptappart.partner.Caller;
import com.comptappart.people.People;
import com.comptappart.people.PeopleForTests;
import com.comptappart.people.Role;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.webhook.Notification;
import com.comptappart.webhook.NotificationPulse;
import com.comptappart.webhook.Recoveries;
import com.comptappart.webhook.Recovery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages of deliveries that are kept up to date while they are open. */
class LiveDeliveriesTest {

    private static final HubForTests HUB = new HubForTests().withInventedOrders();
    private static final LiveViewer.Seat NOBODY =
            new LiveViewer.Seat(
                    "key_none", "none", new Place(Place.ALL, null, "", Environment.STAGING));
    private static PartnerReceiver receiver;
    private static OwedForTests owed;
    private static PartnerId partner;

    @BeforeAll
    static void start() throws IOException {
        HUB.start();
        owed = new OwedForTests(HUB);
        receiver = new PartnerReceiver();
        partner = owed.partner("dupont");
        owed.endpoint(partner, receiver.url("/hooks"));
        owed.partner("martin");
    }

    @AfterAll
    static void stop() {
        HUB.close();
        receiver.close();
    }

    /** An open tab: what its script was told until now. */
    private static final class Tab implements AutoCloseable {

        private final HttpResponse<InputStream> answer;
        private final List<String> told = new CopyOnWriteArrayList<>();
        private volatile boolean ended;

        Tab(Browser browser, String path) {
            answer = browser.listen(path);
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                lines.lines().forEach(told::add);
            } catch (UncheckedIOException | IOException e) {
                told.add("closed: " + e);
            }
            ended = true;
        }

        String told() {
            return String.join("\n", told);
        }

        void eventuallyHears(String... words) {
            eventually(this::told, all -> List.of(words).stream().allMatch(all::contains));
        }

        @Override
        public void close() throws IOException {
            answer.body().close();
        }
    }

    /** The address that the list's page gives to its script. */
    private static String live(Browser browser, String list) {
        var address = Pattern.compile("data-live=\"([^\"]+)\"").matcher(browser.open(list).body());
        assertThat(address.find()).isTrue();
        return address.group(1).replace("&amp;", "&");
    }

    private static long newest() {
        return HUB.bean(NotificationPulse.class).newest();
    }

    private static int viewers() {
        return HUB.bean(LiveDeliveries.class).viewers();
    }

    @Test
    void an_open_list_is_told_of_changed_states_and_of_new_notifications() throws IOException {
        receiver.answering(_ -> 422);
        var failed = owed.eventuallyIs(owed.owe(partner, 1).getFirst(), Notification.Stage.FAILED);
        var browser = new Browser(HUB).signedIn();
        String list = "/console/dupont/test/livraisons";
        try (var tab = new Tab(browser, live(browser, list))) {
            assertThat(tab.answer.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/event-stream");
            tab.eventuallyHears("event: state", failed.id(), "Échouée", "HTTP 422");
            receiver.answering(_ -> 200);
            browser.submit(
                    browser.open(list + "/" + failed.id()), list + "/" + failed.id(), Map.of());
            tab.eventuallyHears("Livrée", "HTTP 200", "2 tentatives");
            owed.owe(partner, 2);
            tab.eventuallyHears("event: fresh", "2 nouvelles notifications");
        }
        eventually(LiveDeliveriesTest::viewers, count -> count == 0);
    }

    @Test
    void the_page_of_a_recovery_follows_it_to_its_end() throws IOException {
        var other = owed.partner("recovered");
        var endpoint = owed.endpoint(other, receiver.url("/recovered"));
        receiver.answering(_ -> 422);
        owed.eventuallyAre(owed.owe(other, 3), Notification.Stage.FAILED);
        receiver.answering(_ -> 200);
        var recoveries = HUB.bean(Recoveries.class);
        var wish =
                new Recovery.Wish(
                        Instant.EPOCH,
                        Instant.parse("2100-01-01T00:00:00Z"),
                        Set.of(Recovery.Status.FAILED),
                        1);
        var recovery = recoveries.start(endpoint, wish, "key_test").recovery();
        var browser = new Browser(HUB).signedIn();
        String page = "/console/recovered/test/livraisons/reprises/" + recovery.id();
        try (var tab = new Tab(browser, live(browser, page))) {
            tab.eventuallyHears("event: progress", "3 sur 3 renvoyées", "Terminée");
        }
        String foreign = "/console/martin/test/livraisons/flux?reprise=" + recovery.id();
        assertThat(browser.open(foreign).statusCode()).isEqualTo(404);
    }

    @Test
    void a_tab_hears_nothing_of_another_partner_or_mode() throws IOException {
        receiver.answering(_ -> 200);
        var known =
                owed.eventuallyIs(owed.owe(partner, 1).getFirst(), Notification.Stage.DELIVERED);
        var browser = new Browser(HUB).signedIn();
        String asked = "/livraisons/flux?apres=" + newest() + "&id=" + known.id();
        try (var stranger = new Tab(browser, "/console/martin/test" + asked);
                var otherMode = new Tab(browser, "/console/dupont/live" + asked);
                var own = new Tab(browser, "/console/dupont/test" + asked)) {
            own.eventuallyHears(known.id());
            owed.owe(partner, 1);
            own.eventuallyHears("event: fresh");
            assertThat(stranger.told()).doesNotContain("event:");
            assertThat(otherMode.told()).doesNotContain("event:");
        }
    }

    @Test
    void a_revoked_key_ends_its_tabs_within_two_seconds() throws IOException {
        var keys = HUB.bean(ApiKeys.class);
        String key = "ca_operator_willberevokedwhilealive";
        keys.admitOperator(key);
        var caller = (Caller.Operator) keys.authenticate(key).orElseThrow();
        var browser = new Browser(HUB);
        browser.signIn(key, "");
        try (var tab = new Tab(browser, "/console/dupont/test/livraisons/flux?apres=" + newest())) {
            eventually(LiveDeliveriesTest::viewers, count -> count > 0);
            keys.revoke(caller, caller.keyId());
            eventually(() -> tab.ended, ended -> ended, Duration.ofSeconds(4));
        }
    }

    @Test
    void signing_out_ends_the_tabs_of_that_session_alone() throws IOException {
        var leaving = new Browser(HUB).signedIn();
        var staying = new Browser(HUB).signedIn();
        String flux = "/console/dupont/test/livraisons/flux?apres=" + newest();
        try (var gone = new Tab(leaving, flux);
                var open = new Tab(staying, flux)) {
            leaving.submit(
                    leaving.open("/console/dupont/test/livraisons"), "/console/sign-out", Map.of());
            eventually(() -> gone.ended, ended -> ended, Duration.ofSeconds(4));
            receiver.answering(_ -> 200);
            owed.owe(partner, 1);
            open.eventuallyHears("event: fresh");
            assertThat(open.ended).isFalse();
        }
    }

    @Test
    void whoever_may_read_hears_until_the_role_is_taken_away() throws IOException {
        receiver.answering(_ -> 200);
        var reader = PeopleForTests.person(HUB, "reader@example.com", partner, Role.READER);
        var browser = new Browser(HUB).signedIn(reader);
        try (var tab = new Tab(browser, "/console/dupont/test/livraisons/flux?apres=" + newest())) {
            owed.owe(partner, 1);
            tab.eventuallyHears("event: fresh");
            HUB.bean(People.class).remove(partner, reader.id());
            eventually(() -> tab.ended, ended -> ended, Duration.ofSeconds(4));
        }
    }

    @Test
    void more_tabs_than_a_node_watches_are_told_not_to_ask_again() {
        var browser = new Browser(HUB).signedIn();
        var live = HUB.bean(LiveDeliveries.class);
        var full = new ArrayList<LiveViewer>();
        try {
            for (int i = live.viewers(); i < LiveDeliveries.MOST_VIEWERS; i++) {
                full.add(new LiveViewer(NOBODY, List.of(), null, 0));
                live.add(full.getLast());
            }
            assertThat(
                            browser.open("/console/dupont/test/livraisons/flux?apres=" + newest())
                                    .statusCode())
                    .isEqualTo(204);
        } finally {
            full.forEach(live::remove);
        }
    }
}
