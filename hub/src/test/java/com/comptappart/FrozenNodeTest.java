package com.comptappart;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.ChildNodes;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PartnerReceiver;
import com.comptappart.testing.Sale;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three nodes as processes on one PostgreSQL, of which one is frozen (SIGSTOP), another one killed,
 * and a fourth comes. Sessions that say nothing are ended after 3 s here. The leases of who is
 * frozen or dead are ended by the test: it moves their ends, which are minutes away, to the past.
 */
class FrozenNodeTest {

    private static final int PARTNERS = 6;
    private static final int SALES = 60;
    private static final Duration SILENT_FOR = Duration.ofSeconds(3);

    /** Until what a frozen node had locked is free, and all is done: other nodes look every 2 s. */
    private static final Duration SOON = SILENT_FOR.plusSeconds(12);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static GreenMail mail;
    private static PartnerReceiver receiver;
    private static ChildNodes nodes;
    private static volatile CountDownLatch gate = new CountDownLatch(0);
    private static int sold;

    @BeforeAll
    static void start() throws Exception {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        receiver = new PartnerReceiver().answering(_ -> whenTheGateIsOpen());
        nodes = new ChildNodes(settings());
        nodes.beThere(3);
        nodes.noteLeases("stripe_event", "mail", "webhook_notification");
        for (int i = 0; i < PARTNERS; i++) {
            subscribe("p" + i);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            nodes.close();
        } finally {
            receiver.close();
            mail.stop();
        }
    }

    @BeforeEach
    void three_nodes() throws Exception {
        nodes.beThere(3);
    }

    @Test
    void a_node_that_is_frozen_while_it_stores_invoices_holds_up_the_series_for_seconds()
            throws Exception {
        sellAndFinish(1);
        String frozen =
                nodes.freezeWritingTo("archive_batch", () -> post(sale().paid(), nodes.names()));
        endLeases(frozen);
        post(sale().paid(), others(frozen));

        eventually(this::done, left -> left.equals("nothing waits"), SOON);
        assertThat(nodes.idleInTransaction(frozen)).isZero();
        wakeAndWork(frozen);
        assertEverythingIsTrue();
    }

    @Test
    void a_node_that_is_frozen_while_it_claims_calls_holds_up_their_endpoint_for_seconds()
            throws Exception {
        sellAndFinish(1);
        String frozen =
                nodes.freezeWritingTo("invoice_link", () -> post(sale().paid(), nodes.names()));
        endLeases(frozen);

        eventually(this::done, left -> left.equals("nothing waits"), SOON);
        assertThat(nodes.idleInTransaction(frozen)).isZero();
        wakeAndWork(frozen);
        assertEverythingIsTrue();
    }

    @Test
    void one_is_frozen_one_is_killed_and_one_comes_in_the_midst_of_work() throws Exception {
        gate = new CountDownLatch(1);
        var sales = IntStream.range(0, SALES).mapToObj(_ -> sale()).toList();
        sales.subList(0, SALES / 2).forEach(each -> post(each.paid(), nodes.names()));
        String frozen = eventually(this::busiest, Optional::isPresent).orElseThrow();
        nodes.node(frozen).freeze();
        gate.countDown();
        var fourth = nodes.begin();

        String killed = others(frozen).getFirst();
        int until = SALES * 2 / 3;
        sales.subList(SALES / 2, until).forEach(each -> post(each.paid(), others(frozen)));
        nodes.node(killed).kill();
        var left = others(frozen).stream().filter(each -> !each.equals(killed)).toList();
        sales.subList(until, SALES).forEach(each -> post(each.paid(), left.subList(0, 1)));
        for (int i = 0; i < SALES; i += 3) {
            post(sales.get(i).refunded("re_" + sales.get(i).id(), 9_999), left.subList(0, 1));
        }
        fourth.ready();
        endLeases(frozen);
        endLeases(killed);

        eventually(this::done, is -> is.equals("nothing waits"), Duration.ofSeconds(40));
        var before = whatIsRecorded();
        nodes.node(frozen).wake();
        nodes.node(frozen).ready();
        // What it had in flight is answered by now; its recorder writes several times a second.
        Thread.sleep(2_000);
        assertThat(whatIsRecorded()).isEqualTo(before);
        wakeAndWork(frozen);
        assertEverythingIsTrue();
    }

    /** It takes requests and leases again. */
    private void wakeAndWork(String frozen) throws Exception {
        nodes.node(frozen).wake();
        nodes.node(frozen).ready();
        long before = leases(frozen);
        eventually(
                () -> {
                    post(sale().paid(), List.of(frozen));
                    return leases(frozen);
                },
                taken -> taken > before);
        eventually(this::done, left -> left.equals("nothing waits"), Duration.ofSeconds(20));
    }

    private void sellAndFinish(int count) {
        for (int i = 0; i < count; i++) {
            post(sale().paid(), nodes.names());
        }
        eventually(this::done, left -> left.equals("nothing waits"), Duration.ofSeconds(20));
    }

    private void assertEverythingIsTrue() throws Exception {
        // Numbers, dates, chain, archive, and what must hold between orders, mails and calls.
        assertThat(VerifyCommand.run(nodes.arguments())).isZero();
        assertThat(number("select count(*) from paid_order")).isEqualTo(sold);
        assertThat(number("select count(*) from invoice where kind = 'invoice'")).isEqualTo(sold);
        assertCallsAreTrue();
        assertMailsAreTrue();
    }

    /** The same id has the same bytes, what is of one order comes in order, attempts say so. */
    private void assertCallsAreTrue() {
        Map<String, String> bodies = new HashMap<>();
        Map<String, List<String>> told = new HashMap<>();
        for (var call : receiver.calls()) {
            String id = call.path() + " " + call.header("webhook-id");
            if (bodies.putIfAbsent(id, call.body()) == null) {
                var json = JSON.readTree(call.body());
                told.computeIfAbsent(
                                call.path() + " " + json.path("order_id").asString(),
                                _ -> new ArrayList<>())
                        .add(json.path("event_type").asString());
            } else {
                assertThat(call.body()).isEqualTo(bodies.get(id));
            }
        }
        assertThat(bodies).hasSize((int) number("select count(*) from webhook_notification"));
        assertThat(told).hasSize(sold);
        assertThat(told.values())
                .allSatisfy(each ->
                        assertThat(each)
                                .isIn(
                                        List.of("order.created"),
                                        List.of("order.created", "order.refunded")));
        assertThat(
                        number(
                                """
                                select count(*) from webhook_notification n
                                where n.state <> 'delivered' or n.attempts <> 1 or 1 <> (
                                    select count(*) from webhook_attempt a
                                    where a.partner_id = n.partner_id and a.notification_id = n.notification_id
                                        and a.number = 1 and a.status = 200)
                                """))
                .isZero();
    }

    private void assertMailsAreTrue() throws MessagingException, IOException {
        Map<String, String> subjects = new HashMap<>();
        for (var message : mail.getReceivedMessages()) {
            String id = message.getHeader("Message-ID")[0];
            assertThat(subjects.putIfAbsent(id, message.getSubject()))
                    .isIn(null, message.getSubject());
        }
        assertThat(subjects.keySet())
                .isEqualTo(
                        new HashSet<>(
                                nodes.jdbc()
                                        .sql("select message_id from mail where state = 'sent'")
                                        .query(String.class)
                                        .list()));
        assertThat(subjects)
                .hasSize(
                        (int)
                                number(
                                        "select count(*) from invoice where environment = 'production'"));
        assertThat(
                        number(
                                """
                                select count(*) from mail m
                                where m.attempts <> 1 or 1 <> (
                                    select count(*) from mail_attempt a
                                    where a.partner_id = m.partner_id and a.mail_id = m.mail_id and a.accepted)
                                """))
                .isZero();
    }

    /** What is still to be done. */
    private String done() {
        return nodes.jdbc()
                .sql(
                        """
                        select case when events + documents + mails + calls = 0 then 'nothing waits' else
                            format('%s events, %s documents, %s mails, %s calls', events, documents, mails, calls) end
                        from (select
                            (select count(*) from stripe_event where state = 'pending') as events,
                            (select count(*) from invoice_request) as documents,
                            (select count(*) from mail where state = 'pending') as mails,
                            (select count(*) from webhook_notification where state = 'pending') as calls) waiting
                        """)
                .query(String.class)
                .single();
    }

    private List<String> whatIsRecorded() {
        return nodes.jdbc()
                .sql(
                        """
                        select 'call ' || notification_id || ' ' || number || ' ' || at || ' ' || status from webhook_attempt
                        union all
                        select 'notification ' || notification_id || ' ' || state || ' ' || attempts || ' ' || ended_at
                        from webhook_notification
                        union all
                        select 'mail ' || mail_id || ' ' || number || ' ' || at || ' ' || accepted from mail_attempt
                        union all
                        select 'endpoint ' || endpoint_id || ' ' || state || ' ' || (failing_since is null) || ' ' || failures
                        from webhook_endpoint
                        union all
                        select 'document ' || number || ' ' || encode(entry_hash, 'hex') from invoice
                        order by 1
                        """)
                .query(String.class)
                .list();
    }

    /** Who has calls in flight that the partner holds. */
    private Optional<String> busiest() {
        return nodes.jdbc()
                .sql(
                        """
                        select t.node
                        from webhook_notification n join lease_taken t on t.lease = n.lease
                        group by t.node
                        having count(*) > 8
                        order by count(*) desc
                        limit 1
                        """)
                .query(String.class)
                .optional();
    }

    private static void endLeases(String node) {
        for (String table : List.of("stripe_event", "mail", "webhook_notification")) {
            nodes.jdbc()
                    .sql(
                            """
                            update %s set due_at = now() - interval '1 second'
                            where lease in (select lease from lease_taken where node = :node)
                            """
                                    .formatted(table))
                    .param("node", node)
                    .update();
        }
    }

    private static long leases(String node) {
        return nodes.jdbc()
                .sql("select count(*) from lease_taken where node = :node")
                .param("node", node)
                .query(Long.class)
                .single();
    }

    private static long number(String sql) {
        return nodes.jdbc().sql(sql).query(Long.class).single();
    }

    private static List<String> others(String node) {
        return nodes.names().stream().limit(3).filter(each -> !each.equals(node)).toList();
    }

    private static Sale sale() {
        int number = ++sold;
        return new Sale("n" + number, "eur")
                .untaxed()
                .line("Guide", 1, 9_999, Sale.Tax.NONE, Map.of("partner", "p" + number % PARTNERS));
    }

    /** Until one of them takes it, as Stripe does. */
    private static void post(String event, List<String> names) {
        for (int i = 0; ; i++) {
            var node = nodes.node(names.get((sold + i) % names.size()));
            try {
                int status = node.stripeEvent(event);
                if (status == 200) {
                    return;
                }
                assertThat(status).isGreaterThanOrEqualTo(500);
            } catch (IOException e) {
                assertThat(i).as("no node took the event: " + e).isLessThan(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static int whenTheGateIsOpen() {
        try {
            assertThat(gate.await(25, TimeUnit.SECONDS)).isTrue();
            return 200;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void subscribe(String slug) throws Exception {
        var node = nodes.node(nodes.names().getFirst());
        var partner =
                node.post(
                        "/v1/partners",
                        """
                        {"name":"%1$s","slug":"%1$s","contact_email":"tech@%1$s.example"}
                        """
                                .formatted(slug));
        node.post(
                "/v1/webhook-endpoints",
                """
                {"partner":"%s","environment":"production","url":"%s","timeout_seconds":30}
                """
                        .formatted(partner.path("id").asString(), receiver.url("/" + slug)));
    }

    private static HubForTests settings() {
        return new HubForTests()
                .withProduction()
                .with(
                        "spring.datasource.hikari.connection-init-sql",
                        "set idle_in_transaction_session_timeout = '%1$ss'; set tcp_user_timeout = '%1$ss'"
                                .formatted(SILENT_FOR.toSeconds()))
                .with("spring.mail.host", "127.0.0.1")
                .with("spring.mail.port", Integer.toString(mail.getSmtp().getPort()))
                .with("comptappart.mail.from", "factures@comptappart.example");
    }
}
