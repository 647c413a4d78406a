package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.comptappart.kernel.Environment;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;

/** Each attempt tells what was said, how long each part of it took, and why it failed. */
class AttemptLogTest {

    private static final String KEY = "partners-own-key-of-32-characters-abcd";

    private static final AtomicReference<String> SECRET = new AtomicReference<>("");

    @TempDir private static Path folder;
    private static CertificatesForTests certificates;
    private static WebhooksForTests webhooks;

    @BeforeAll
    static void start() {
        certificates = new CertificatesForTests(folder);
        webhooks = WebhooksForTests.trusting(certificates);
    }

    @AfterAll
    static void stop() {
        webhooks.hub.close();
    }

    @Test
    void an_attempt_tells_what_was_sent_and_answered_and_where_its_time_went() {
        try (var receiver =
                new Receiver((exchange, before) -> {
                    pause(Duration.ofMillis(before == 0 ? 120 : 0));
                    exchange.getResponseHeaders().add("X-Request-Id", "r-1");
                    Receiver.answer(exchange, 503, "down for a minute");
                })) {
            var partner = webhooks.partner();
            var endpoint =
                    webhooks.endpoints
                            .create(
                                    partner,
                                    Environment.STAGING,
                                    new Endpoints.Wish(
                                            receiver.url("/hook"), KEY, null, null, null))
                            .endpoint();
            var notification = webhooks.endpoints.ping(endpoint);
            var first = attempt(notification);

            assertThat(first.requestHeaders())
                    .contains("webhook-id: " + notification.id(), "webhook-signature: v1,")
                    .contains("User-Agent: ComptAppart-Webhook/1.0", "X-API-KEY: ••••abcd\n")
                    .doesNotContain(KEY);
            assertThat(first.answerHeaders()).containsIgnoringCase("x-request-id: r-1\n");
            assertThat(first.answer()).isEqualTo("down for a minute");
            assertThat(first.address()).startsWith("127.0.0.1:");
            assertThat(first.diagnosis()).isEqualTo(Diagnosis.MAINTENANCE);
            assertThat(first.askedBy()).isEmpty();
            assertThat(first.times().connecting()).isPositive();
            assertThat(first.times().tls()).isZero();
            assertThat(first.times().firstByte()).isBetween(millis(115), millis(900));
            assertThat(first.times().total()).isGreaterThanOrEqualTo(first.times().firstByte());

            webhooks.notifications.replay(webhooks.now(notification), "key_mine");
            var tried = webhooks.eventuallyTried(notification, 2);
            var again = webhooks.notifications.attempts(tried).getLast();
            assertThat(again.askedBy()).isEqualTo("key_mine");
            assertThat(again.times().connecting()).as("its connection was kept").isZero();
        }
    }

    @Test
    void a_key_or_secret_that_the_answer_repeats_is_not_kept_even_where_it_is_cut() {
        try (var receiver =
                new Receiver((exchange, before) -> {
                    var secret = SECRET.get();
                    exchange.getResponseHeaders().add("X-Echo", KEY + " " + secret);
                    String half = KEY.substring(0, 20);
                    Receiver.answer(
                            exchange,
                            before == 0 ? 401 : 500,
                            before == 0
                                    ? "{\"key\":\""
                                            + KEY
                                            + "\",\"secret\":\""
                                            + secret.replace("/", "\\/")
                                            + "\"}"
                                    : "x".repeat(16 * 1024 - half.length()) + KEY);
                })) {
            var made =
                    webhooks.endpoints.create(
                            webhooks.partner(),
                            Environment.STAGING,
                            new Endpoints.Wish(receiver.url("/echo"), KEY, null, null, null));
            SECRET.set(made.secret());
            var first = attempt(webhooks.endpoints.ping(made.endpoint()));
            String bare = made.secret().substring("whsec_".length());
            assertThat(first.answer())
                    .doesNotContain(KEY, bare, bare.replace("/", "\\/"))
                    .isEqualTo("{\"key\":\"••••\",\"secret\":\"whsec_••••\"}");
            assertThat(first.answerHeaders())
                    .doesNotContain(KEY, bare)
                    .containsIgnoringCase("x-echo: •••• whsec_••••\n");
            var second = attempt(webhooks.endpoints.ping(made.endpoint()));
            assertThat(second.answer()).endsWith("xx••••").doesNotContain(KEY.substring(0, 4));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    301 | Location=/hook/                    |                            | redirect_slash
                    302 | Location=/users/sign_in            |                            | redirect_login
                    301 | Location=https://www.example.com/h |                            | redirect_host
                    307 | Location=/maintenance              |                            | redirect
                    400 |                                    | unknown type               | bad_request
                    401 |                                    |                            | unauthorized
                    403 | Server=cloudflare                  | <title>Attention Required! | firewall
                    403 |                                    | CSRF token missing         | csrf
                    403 |                                    | no                         | forbidden
                    404 |                                    |                            | not_found
                    405 |                                    |                            | method
                    409 |                                    |                            | conflict
                    410 |                                    |                            | gone
                    413 |                                    |                            | too_large
                    415 |                                    |                            | content_type
                    418 |                                    |                            | client_error
                    419 |                                    | Page Expired               | csrf
                    422 |                                    | extra fields               | unprocessable
                    429 |                                    |                            | rate_limited
                    500 |                                    |                            | server_error
                    502 |                                    |                            | proxy
                    503 |                                    |                            | maintenance
                    526 |                                    |                            | tls_chain
                    """)
    void a_refusal_is_explained(int status, String header, String body, String diagnosis) {
        try (var receiver =
                new Receiver((exchange, _) -> {
                    if (header != null) {
                        String[] parts = header.split("=", 2);
                        exchange.getResponseHeaders().add(parts[0], parts[1]);
                    }
                    Receiver.answer(exchange, status, body == null ? "" : body);
                })) {
            assertDiagnosis(receiver.url("/hook"), diagnosis);
        }
    }

    @Test
    void a_success_needs_no_explanation() {
        try (var receiver = Receiver.answering(204)) {
            assertThat(attempt(owed(receiver.url("/hook"))).diagnosis()).isNull();
        }
    }

    @Test
    void a_bad_certificate_says_what_is_wrong_with_it() {
        assertTls("ip:127.0.0.1", "-1d", 30, "");
        assertTls("ip:127.0.0.1_expired", "-30d", 10, "tls_expired");
        assertTls("ip:127.0.0.1_future", "+10d", 30, "tls_not_yet_valid");
        assertTls("dns:other.example", "-1d", 30, "tls_name");
        var foreign = certificates.selfSigned("foreign");
        assertDiagnosis("https://127.0.0.1:" + foreign.getAddress().getPort(), "tls_chain");
        foreign.stop(0);
    }

    private static void assertTls(String name, String start, int days, String diagnosis) {
        var server = certificates.signed(name, start, days);
        var attempt = attempt(owed("https://127.0.0.1:" + server.getAddress().getPort() + "/hook"));
        assertThat(attempt.diagnosis() == null ? "" : attempt.diagnosis().code())
                .as(name + " " + attempt.error())
                .isEqualTo(diagnosis);
        assertThat(attempt.times().tls()).isPositive();
        server.stop(0);
    }

    @Test
    void a_call_that_gets_nowhere_says_how_far_it_got() throws IOException {
        var closed = Receiver.answering(200);
        String nobody = closed.url("/hook");
        closed.close();
        assertDiagnosis(nobody, "connection_refused");
        var renamed = webhooks.endpoint(webhooks.partner(), nobody).endpoint();
        webhooks.hub
                .jdbc()
                .sql("update webhook_endpoint set url = :url where endpoint_id = :id")
                .param("url", "http://nobody.invalid:8080/hook")
                .param("id", renamed.id())
                .update();
        assertThat(attempt(webhooks.endpoints.ping(renamed)).diagnosis())
                .isEqualTo(Diagnosis.NAME_UNKNOWN);
        assertSpeaking("http", socket -> {}, "connection_closed");
        assertSpeaking("http", socket -> say(socket, "SSH-2.0-OpenSSH_9.2\r\n"), "not_http");
        assertSpeaking("http", socket -> pause(Duration.ofSeconds(6)), "no_answer_in_time");
        assertSpeaking(
                "http",
                socket -> {
                    say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                    pause(Duration.ofSeconds(6));
                },
                "answer_too_slow");
        assertSpeaking("https", socket -> say(socket, "HTTP/1.1 400 Bad\r\n\r\n"), "tls_plain");
        assertSpeaking("https", socket -> pause(Duration.ofSeconds(6)), "tls_timeout");
    }

    @Test
    void each_day_has_its_table_which_goes_as_a_whole_after_90_days() {
        var clock = new MovableClock("2026-03-28T22:00:00Z");
        try (var receiver = Receiver.answering(500);
                var hub =
                        new HubForTests()
                                .withInventedOrders()
                                .with("comptappart.webhook.retrydelays", "1h")
                                .at(clock)
                                .start()) {
            var others = new WebhooksForTests(hub);
            var days = hub.bean(AttemptDays.class);
            eventually(() -> tables(hub), 5);
            var partner = others.partner();
            var ping =
                    others.endpoints.ping(
                            others.endpoint(partner, receiver.url("/hook")).endpoint());
            others.eventuallyTried(ping, 1);
            assertThat(rows(hub, "webhook_attempt_20260328")).isEqualTo(1);
            assertThatThrownBy(() ->
                            hub.jdbc().sql("update webhook_attempt set status = 200").update())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("never changed");

            // A node that was off has no table of the day yet; nothing is refused, or lost.
            clock.moveTo("2026-04-05T10:00:00Z");
            others.notifications.replay(others.now(ping), "key_mine");
            others.eventuallyTried(ping, 2);
            assertThat(rows(hub, "webhook_attempt_other")).isEqualTo(1);
            days.round();
            assertThat(rows(hub, "webhook_attempt_other")).isZero();
            assertThat(rows(hub, "webhook_attempt_20260405")).isEqualTo(1);

            clock.moveTo("2026-06-27T00:10:00Z");
            days.round();
            days.round();
            assertThat(tables(hub)).doesNotContain("webhook_attempt_20260328");
            assertThat(others.notifications.attempts(others.now(ping)))
                    .extracting(Notification.Attempt::number)
                    .containsExactly(2);
        }
    }

    private static List<String> tables(HubForTests hub) {
        return hub.jdbc()
                .sql(
                        """
                        select inhrelid::regclass::text
                        from pg_inherits
                        where inhparent = 'webhook_attempt'::regclass
                        """)
                .query(String.class)
                .list();
    }

    private static int rows(HubForTests hub, String table) {
        return hub.jdbc().sql("select count(*) from " + table).query(Integer.class).single();
    }

    /** How a server behaves once it is connected to. */
    private interface Speech {
        void to(Socket socket) throws IOException;
    }

    private static void assertSpeaking(String scheme, Speech speech, String diagnosis)
            throws IOException {
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        if (scheme.equals("http")) {
                            socket.getInputStream().read(new byte[4_096]);
                        }
                        speech.to(socket);
                    } catch (IOException e) {
                        // The hub went away first, or the test is over.
                    }
                }
            });
            assertDiagnosis(scheme + "://127.0.0.1:" + server.getLocalPort() + "/hook", diagnosis);
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static void assertDiagnosis(String url, String diagnosis) {
        var attempt = attempt(owed(url));
        assertThat(attempt.diagnosis())
                .as(url + " " + attempt.error())
                .isNotNull()
                .extracting(Diagnosis::code)
                .isEqualTo(diagnosis);
    }

    private static Notification owed(String url) {
        return webhooks.endpoints.ping(webhooks.endpoint(webhooks.partner(), url).endpoint());
    }

    private static Notification.Attempt attempt(Notification notification) {
        var tried = webhooks.eventuallyTried(notification, 1);
        return webhooks.notifications.attempts(tried).getFirst();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
