package com.comptappart;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.ChildHub;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.testing.Purchases;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The kill run, smaller; {@code ./comptappart bench --kill} is the full one. */
class KilledHubTest {

    private static final int ORDERS = 160;
    private static final int KILLS = 7;
    private static final int CONNECTIONS = 8;
    private static final String SLUG = "acme";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void a_hub_and_a_database_that_are_killed_again_and_again_lose_nothing_and_do_nothing_twice()
            throws Exception {
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try (var partner = new PartnerReceiver();
                var hub = new ChildHub(Files.createTempDirectory(Path.of("target"), "killed-"))) {
            configure(hub, mail.getSmtp().getPort());
            hub.start();
            hub.subscribe(SLUG, "production", partner);

            postTwiceWhileKilling(hub);

            eventually(
                    () -> hub.all("/v1/notifications?limit=100&status=delivered").size(),
                    count -> count == ORDERS,
                    Duration.ofSeconds(120));
            eventually(
                    () -> messageIds(mail).size(),
                    count -> count >= ORDERS,
                    Duration.ofSeconds(120));
            assertNothingLostOrDoubled(hub, partner, mail);
        } finally {
            mail.stop();
        }
    }

    private void postTwiceWhileKilling(ChildHub hub) throws Exception {
        var events = new ArrayList<String>();
        IntStream.range(0, ORDERS).forEach(i -> events.add(Purchases.event("k" + i, SLUG, true)));
        events.addAll(List.copyOf(events));
        Collections.shuffle(events, new Random(20261124));
        var next = new AtomicInteger();
        var accepted = new AtomicInteger();
        try (var senders = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                senders.submit(() -> {
                    for (int at = next.getAndIncrement();
                            at < events.size();
                            at = next.getAndIncrement()) {
                        postUntilAccepted(hub, events.get(at));
                        accepted.incrementAndGet();
                    }
                });
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                int enough = kill * events.size() / (KILLS + 1);
                eventually(accepted::get, count -> count >= enough, Duration.ofSeconds(60));
                kill(hub, kill);
            }
        }
        assertThat(accepted).hasValue(events.size());
    }

    /** The hub, its database, or the hub while its database dies under it. */
    private static void kill(ChildHub hub, int kill) throws Exception {
        if (kill % 3 != 1) {
            hub.killDatabase();
        }
        if (kill % 3 != 2) {
            hub.kill();
            hub.start();
        }
    }

    private void assertNothingLostOrDoubled(ChildHub hub, PartnerReceiver partner, GreenMail mail)
            throws Exception {
        var invoices = hub.all("/v1/invoices?limit=100");
        var numbers =
                invoices.stream()
                        .map(invoice -> invoice.path("number").asString())
                        .sorted()
                        .toList();
        String year = numbers.getFirst().split("-")[1];
        assertThat(numbers)
                .isEqualTo(
                        IntStream.rangeClosed(1, ORDERS)
                                .mapToObj(i -> "FQCA-%s-%06d".formatted(year, i))
                                .toList());
        assertThat(hub.all("/v1/orders?limit=100")).hasSize(ORDERS);

        assertThat(messageIds(mail)).hasSize(ORDERS);
        var bodies =
                partner.calls().stream()
                        .collect(
                                Collectors.groupingBy(
                                        call -> call.header("webhook-id"),
                                        Collectors.mapping(
                                                PartnerReceiver.Call::body, Collectors.toSet())));
        assertThat(bodies).hasSize(ORDERS);
        assertThat(bodies.values()).allSatisfy(each -> assertThat(each).hasSize(1));
        var orders = new HashSet<Long>();
        bodies.values()
                .forEach(each ->
                        orders.add(
                                JSON.readTree(each.iterator().next()).path("order_id").asLong()));
        assertThat(orders).hasSize(ORDERS);
    }

    private void configure(ChildHub hub, int smtpPort) {
        hub.with("COMPTAPPART_STRIPE_PRODUCTION_WEBHOOKSECRETS", HubForTests.LIVE_STRIPE_SECRET)
                .with("SPRING_MAIL_HOST", "127.0.0.1")
                .with("SPRING_MAIL_PORT", Integer.toString(smtpPort))
                .with("COMPTAPPART_MAIL_FROM", "factures@comptappart.example")
                .with("COMPTAPPART_SELLER_NAME", "ComptAppart")
                .with("COMPTAPPART_SELLER_LEGALFORM", "SAS")
                .with("COMPTAPPART_SELLER_ADDRESS_LINE1", "12 rue des Écoles")
                .with("COMPTAPPART_SELLER_ADDRESS_POSTALCODE", "33000")
                .with("COMPTAPPART_SELLER_ADDRESS_CITY", "Bordeaux")
                .with("COMPTAPPART_SELLER_SIREN", "123456782")
                .with("COMPTAPPART_SELLER_VATNUMBER", "FR32123456782")
                .with("COMPTAPPART_SELLER_INVOICEPREFIX", "FQCA")
                .with("COMPTAPPART_WEBHOOK_RETRYDELAYS", "1s,1s,1s,1s,1s,1s,1s,1s");
    }

    private static void postUntilAccepted(ChildHub hub, String event) {
        while (true) {
            try {
                int status = hub.stripeEvent(event);
                if (status == 200) {
                    return;
                }
                assertThat(status).isGreaterThanOrEqualTo(500);
            } catch (java.io.IOException dead) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static java.util.Set<String> messageIds(GreenMail mail) {
        var ids = new HashSet<String>();
        for (var message : mail.getReceivedMessages()) {
            try {
                ids.add(message.getHeader("Message-ID")[0]);
            } catch (jakarta.mail.MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
        return ids;
    }
}
