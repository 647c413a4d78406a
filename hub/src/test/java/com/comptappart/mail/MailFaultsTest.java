package com.comptappart.mail;

import static com.comptappart.kernel.Environment.PRODUCTION;
import static com.comptappart.kernel.Environment.STAGING;
import static com.comptappart.mail.MailModuleForTests.mail;
import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.mail.Mails.State;
import com.comptappart.testing.ScriptedSmtp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MailFaultsTest {

    private static ScriptedSmtp server;
    private static MailModuleForTests node;

    @BeforeAll
    static void start() {
        server = new ScriptedSmtp();
        node = quick(new MailModuleForTests()).withServer(server.port()).start();
    }

    @AfterAll
    static void stop() {
        node.close();
        server.close();
    }

    private static MailModuleForTests quick(MailModuleForTests module) {
        return module.with("comptappart.mail.retrydelays", "50ms,100ms,200ms")
                .with("comptappart.mail.connections", "2");
    }

    @Test
    void a_mail_that_was_put_off_is_sent_again_with_the_same_message_id_and_bytes() {
        server.once("END", "451 4.3.0 try again later");
        node.owe(mail(PRODUCTION, "put off", "put-off@example.com"));

        var sent = eventually(() -> node.only("put off"), mail -> mail.state() == State.SENT);
        var seen = to("put-off@example.com");
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).accepted()).isFalse();
        assertThat(seen.get(1).bytes()).isEqualTo(seen.get(0).bytes());
        assertThat(seen.get(1).header("Message-ID")).isEqualTo(sent.messageId());
        assertThat(node.mails().attempts(sent))
                .extracting(Mails.Attempt::number, Mails.Attempt::accepted)
                .containsExactly(tuple(1, false), tuple(2, true));
        assertThat(node.mails().attempts(sent).getFirst().answer()).contains("451 4.3.0");
    }

    @Test
    void a_recipient_that_is_put_off_is_tried_again() {
        server.once("RCPT", "450 4.2.1 greylisted");
        node.owe(mail(PRODUCTION, "greylisted", "greylisted@example.com"));
        var sent = eventually(() -> node.only("greylisted"), mail -> mail.state() == State.SENT);
        assertThat(sent.attempts()).isEqualTo(2);
    }

    @Test
    void a_recipient_that_is_refused_fails_at_once_with_the_servers_answer() {
        server.once("RCPT", "550 5.1.1 no such user here");
        node.owe(mail(PRODUCTION, "refused", "refused@example.com"));

        var failed = eventually(() -> node.only("refused"), mail -> mail.state() == State.FAILED);
        assertThat(failed.reason()).contains("550 5.1.1 no such user here");
        assertThat(failed.attempts()).isEqualTo(1);
        assertThat(failed.endedAt()).isNotNull();
        assertThat(to("refused@example.com")).isEmpty();
    }

    @Test
    void a_mail_that_is_refused_fails_at_once_and_the_next_one_is_sent() {
        server.once("END", "554 5.7.1 looks like spam");
        node.owe(mail(PRODUCTION, "spam", "spam@example.com"));
        var failed = eventually(() -> node.only("spam"), mail -> mail.state() == State.FAILED);
        assertThat(failed.reason()).contains("554 5.7.1");

        node.owe(mail(PRODUCTION, "no spam", "no-spam@example.com"));
        eventually(() -> node.only("no spam"), mail -> mail.state() == State.SENT);
    }

    @Test
    void a_refused_data_command_leaves_no_half_open_mail_on_the_connection() {
        server.once("DATA", "451 4.3.2 not now");
        node.owe(mail(PRODUCTION, "data", "data@example.com"));
        var sent = eventually(() -> node.only("data"), mail -> mail.state() == State.SENT);
        assertThat(sent.attempts()).isEqualTo(2);
    }

    @Test
    void a_mail_whose_answer_was_lost_is_sent_again_with_the_same_message_id_and_bytes() {
        server.once("END", ScriptedSmtp.CUT);
        node.owe(mail(PRODUCTION, "cut", "cut@example.com"));

        var sent = eventually(() -> node.only("cut"), mail -> mail.state() == State.SENT);
        var seen = to("cut@example.com");
        assertThat(seen).hasSize(2);
        assertThat(seen.get(1).bytes()).isEqualTo(seen.get(0).bytes());
        assertThat(seen.get(1).header("Message-ID")).isEqualTo(sent.messageId());
        assertThat(sent.attempts()).isEqualTo(2);
    }

    @Test
    void a_kept_connection_that_the_server_closed_costs_no_attempt() {
        node.owe(mail(PRODUCTION, "before idle", "before-idle@example.com"));
        eventually(() -> node.only("before idle"), mail -> mail.state() == State.SENT);
        server.cutAll();
        node.owe(mail(PRODUCTION, "after idle", "after-idle@example.com"));
        var sent = eventually(() -> node.only("after idle"), mail -> mail.state() == State.SENT);
        assertThat(sent.attempts()).isEqualTo(1);
    }

    @Test
    void a_refused_sender_is_our_fault_and_is_tried_again() {
        server.once("MAIL", "553 5.7.1 sender not owned by user");
        node.owe(mail(PRODUCTION, "sender", "sender@example.com"));
        var sent = eventually(() -> node.only("sender"), mail -> mail.state() == State.SENT);
        assertThat(node.mails().attempts(sent).getFirst().answer())
                .contains("our configuration")
                .contains("553 5.7.1");
    }

    @Test
    void connections_are_kept_from_mail_to_mail() {
        int before = server.connections();
        node.owe(
                IntStream.range(0, 150)
                        .mapToObj(i -> mail(PRODUCTION, "kept" + i, "kept" + i + "@example.com"))
                        .toArray(OutgoingMail[]::new));
        eventually(() -> to("kept"), 150);
        assertThat(server.connections() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void the_sockets_to_the_mail_server_send_at_once() throws Exception {
        var sockets =
                (javax.net.SocketFactory)
                        node.bean(MailServer.class)
                                .session()
                                .getProperties()
                                .get("mail.smtp.socketFactory");
        try (var socket = sockets.createSocket()) {
            assertThat(socket.getTcpNoDelay()).isTrue();
        }
    }

    @Test
    void a_wrong_password_is_our_fault_and_is_tried_again() {
        try (var strict = new ScriptedSmtp().always("AUTH", "535 5.7.8 bad credentials");
                var module =
                        quick(new MailModuleForTests())
                                .withServer(strict.port())
                                .with("spring.mail.username", "hub")
                                .with("spring.mail.password", "old")
                                .start()) {
            module.owe(mail(PRODUCTION, "auth", "auth@example.com"));
            var waits = eventually(() -> module.only("auth"), mail -> mail.attempts() > 0);
            assertThat(waits.state()).isEqualTo(State.PENDING);
            assertThat(waits.reason()).contains("our configuration").contains("535 5.7.8");
            strict.asUsual("AUTH");
            eventually(() -> module.only("auth"), mail -> mail.state() == State.SENT);
        }
    }

    @Test
    void mails_wait_for_a_server_that_is_down_without_asking_it_all_the_time() {
        var down = new ScriptedSmtp();
        int port = down.port();
        down.close();
        try (var module = quick(new MailModuleForTests()).withServer(port).start()) {
            module.owe(mail(PRODUCTION, "down", "down@example.com"));
            var waits = eventually(() -> module.only("down"), mail -> mail.attempts() > 0);
            assertThat(waits.state()).isEqualTo(State.PENDING);
            assertThat(waits.reason()).isNotEmpty();
            assertThat(module.bean(MailServer.class).isPausing()).isTrue();
            try (var up = new ScriptedSmtp(port)) {
                eventually(() -> module.only("down"), mail -> mail.state() == State.SENT);
                assertThat(up.accepted()).hasSize(1);
            }
        }
    }

    @Test
    void a_mail_is_given_up_after_24_hours_with_the_last_reason() {
        try (var full = new ScriptedSmtp().always("RCPT", "452 4.2.2 mailbox full");
                var module = quick(new MailModuleForTests()).withServer(full.port()).start()) {
            module.owe(mail(PRODUCTION, "full", "full@example.com"));
            eventually(() -> module.only("full"), mail -> mail.attempts() >= 2);
            assertThat(module.only("full").state()).isEqualTo(State.PENDING);
            module.advance(Duration.ofHours(24));
            var failed =
                    eventually(() -> module.only("full"), mail -> mail.state() == State.FAILED);
            assertThat(failed.reason()).contains("24 hours").contains("452 4.2.2 mailbox full");
        }
    }

    @Test
    void without_a_mail_server_mails_wait_and_say_so_and_go_when_there_is_one() {
        var database = com.comptappart.testing.DatabaseForTests.create();
        try (var module = quick(new MailModuleForTests(database)).start()) {
            module.owe(mail(PRODUCTION, "no host", "no-host@example.com"));
            module.owe(mail(STAGING, "no host staging", "no-host@example.com"));
            assertThat(module.only("no host").state()).isEqualTo(State.PENDING);
            assertThat(module.only("no host").reason()).isEqualTo("SPRING_MAIL_HOST is not set");
            assertThat(module.only("no host staging").state()).isEqualTo(State.KEPT);
        }
        try (var sink = new ScriptedSmtp();
                var module =
                        quick(new MailModuleForTests(database)).withServer(sink.port()).start()) {
            var sent = eventually(() -> module.only("no host"), mail -> mail.state() == State.SENT);
            assertThat(sent.reason()).isEmpty();
            assertThat(sink.accepted())
                    .extracting(ScriptedSmtp.Received::to)
                    .containsExactly("no-host@example.com");
        }
    }

    @Test
    void a_blank_mail_host_is_none() {
        try (var module = quick(new MailModuleForTests()).with("spring.mail.host", "").start()) {
            module.owe(mail(PRODUCTION, "blank", "blank@example.com"));
            assertThat(module.only("blank").reason()).isEqualTo("SPRING_MAIL_HOST is not set");
        }
    }

    @Test
    void with_a_staging_recipient_staging_mails_go_there_marked_and_never_to_the_buyer() {
        try (var sink = new ScriptedSmtp();
                var module =
                        quick(new MailModuleForTests())
                                .withServer(sink.port())
                                .with(
                                        "comptappart.mail.stagingrecipient",
                                        "tester@comptappart.example")
                                .start()) {
            module.owe(
                    mail(STAGING, "marked", "buyer@example.com"),
                    mail(STAGING, "marked bad", "buyer@example.com\r\nBcc: x@example.com"),
                    mail(PRODUCTION, "live", "live@example.com"));
            eventually(sink::accepted, 2);
            eventually(() -> module.only("marked"), mail -> mail.state() == State.SENT);
            assertThat(module.only("marked bad").state()).isEqualTo(State.SUPPRESSED);
            assertThat(sink.received())
                    .extracting(ScriptedSmtp.Received::to)
                    .containsExactlyInAnyOrder("tester@comptappart.example", "live@example.com");
            var marked =
                    sink.accepted().stream()
                            .filter(each -> each.to().startsWith("tester"))
                            .findFirst()
                            .orElseThrow();
            assertThat(marked.header("Subject")).startsWith("[TEST] Votre facture");
            assertThat(marked.header("To")).isEqualTo("tester@comptappart.example");
            assertThat(marked.header("X-ComptAppart-Buyer")).isEqualTo("buyer@example.com");
        }
    }

    @Test
    void two_nodes_on_one_database_send_each_mail_exactly_once() {
        try (var sink = new ScriptedSmtp();
                var one = quick(new MailModuleForTests()).withServer(sink.port()).start();
                var two =
                        quick(new MailModuleForTests(one.database()))
                                .withServer(sink.port())
                                .start()) {
            for (int batch = 0; batch < 10; batch++) {
                var mails = new ArrayList<OutgoingMail>();
                for (int i = 0; i < 20; i++) {
                    String name = "once" + batch + "-" + i;
                    mails.add(mail(PRODUCTION, name, name + "@example.com"));
                }
                (batch % 2 == 0 ? one : two).owe(mails.toArray(OutgoingMail[]::new));
            }
            eventually(sink::received, 200);
            eventually(() -> count(one, "sent"), count -> count == 200);
            assertThat(sink.received()).hasSize(200);
            assertThat(sink.received())
                    .extracting(ScriptedSmtp.Received::to)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_dead_workers_mail_comes_back_when_its_lease_ends() {
        try (var sink = new ScriptedSmtp();
                var module = quick(new MailModuleForTests()).start()) {
            module.owe(mail(PRODUCTION, "dead", "dead@example.com"));
            // A worker that claims and is never heard of again.
            var dead = module.bean(MailRows.class).claim(10);
            assertThat(dead).hasSize(1);
            try (var alive =
                    quick(new MailModuleForTests(module.database()))
                            .withServer(sink.port())
                            .start()) {
                assertThat(alive.bean(MailRows.class).claim(10)).isEmpty();
                assertThat(sink.received()).isEmpty();
                alive.advance(MailRows.LEASE);
                eventually(() -> alive.only("dead"), mail -> mail.state() == State.SENT);
                // What the dead one says now comes too late and changes nothing.
                var late =
                        new EndedAttempt(
                                dead.getFirst(),
                                State.FAILED,
                                "late",
                                true,
                                "late",
                                alive.clock().instant(),
                                alive.clock().instant());
                assertThat(module.bean(MailRows.class).record(List.of(late))).isZero();
                assertThat(alive.only("dead").state()).isEqualTo(State.SENT);
                assertThat(sink.accepted()).hasSize(1);
            }
        }
    }

    @Test
    void a_node_that_stops_gives_back_what_it_has_not_sent() {
        try (var slow = new ScriptedSmtp().slow(Duration.ofMillis(50));
                var module =
                        quick(new MailModuleForTests())
                                .withServer(slow.port())
                                .with("comptappart.mail.connections", "1")
                                .start()) {
            module.owe(
                    IntStream.range(0, 90)
                            .mapToObj(i -> mail(PRODUCTION, "stop" + i, "s" + i + "@example.com"))
                            .toArray(OutgoingMail[]::new));
            eventually(slow::received, 3);
            module.stop();
            int sentBefore = slow.received().size();
            assertThat(sentBefore).isLessThan(90);
            slow.slow(Duration.ZERO);
            try (var next =
                    quick(new MailModuleForTests(module.database()))
                            .withServer(slow.port())
                            .start()) {
                eventually(() -> count(next, "sent"), count -> count == 90);
                assertThat(slow.received()).hasSize(90);
            }
        }
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private static int count(MailModuleForTests module, String state) {
        return module.jdbc()
                .sql("select count(*) from mail where state = :state")
                .param("state", state)
                .query(Integer.class)
                .single();
    }

    private static List<ScriptedSmtp.Received> to(String start) {
        return server.received().stream().filter(each -> each.to().startsWith(start)).toList();
    }
}
