package com.comptappart.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no whole answer fails, says in plain words which part of it, and is kept as it came. */
class BrokenAnswersTest {

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final int KEPT = 16 * 1024;

    private static WebhooksForTests webhooks;

    @BeforeAll
    static void start() {
        webhooks =
                new WebhooksForTests(
                        new HubForTests()
                                .withInventedOrders()
                                .with("comptappart.webhook.retrydelays", "1h")
                                .with("comptappart.webhook.timeout", "2s")
                                .start());
    }

    @AfterAll
    static void stop() {
        webhooks.hub.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    HTTP/1.1 200 OK~Content-Length: 5~Content-Length: 7~~hello | its Content-Length is no length, or is there twice
                    HTTP/1.1 200 OK~Content-Length: -5~~                       | its Content-Length is no length, or is there twice
                    HTTP/1.1 200 OK~Content-Length: many~~                     | its Content-Length is no length, or is there twice
                    HTTP/1.1 200 OK~Transfer-Encoding: lzma~~                  | its Transfer-Encoding is not known
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~ZZZ~abc~0~~    | the chunks of its body (Transfer-Encoding: chunked) are malformed
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~-5~abc~0~~     | the chunks of its body (Transfer-Encoding: chunked) are malformed
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~abc          | its body ended before the end that was announced
                    HTTP/1.1 200 OK~Content-Length: 100~~abc                   | its body ended before the end that was announced
                    HTTP/1.1 200 OK~Content-Le                                 | it ended in the middle of its headers
                    HTTP/1.1 200 OK~Content-Length: 0~                         | it ended in the middle of its headers
                    HTTP/1.1 200 OK~                                           | it ended in the middle of its headers
                    HTTP/1.1 101 Switching Protocols~Upgrade: foo~~            | its status (such as 101) ends no request
                    HTTP/2 200 OK~Content-Length: 0~~                          | its HTTP version is neither 1.0 nor 1.1
                    HTTP/1.1 2OO OK~~                                          | its status line or one of its headers can't be read
                    """)
    void a_broken_answer_says_which_part_of_it_is_broken(String said, String part) {
        try (var receiver =
                new RawReceiver(speaker -> {
                    speaker.say(said.replace("~", "\r\n"));
                    speaker.close();
                })) {
            var attempt = attempt(receiver);
            assertThat(attempt.error()).isEqualTo("the answer is broken HTTP: " + part);
            assertThat(attempt.diagnosis()).isEqualTo(Diagnosis.ANSWER_BROKEN);
            assertThat(attempt.times().firstByte()).isNotNull();
        }
    }

    @Test
    void too_many_headers_and_too_long_ones_are_told_apart() {
        assertBroken("X-Much: y\r\n".repeat(300), "it has 100 header lines or more");
        assertBroken("X-Long: " + "y".repeat(9_000), "one of its lines is longer than 8 KiB");
    }

    private static void assertBroken(String headers, String part) {
        try (var receiver =
                new RawReceiver(
                        speaker -> speaker.say("HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n"))) {
            assertThat(attempt(receiver).error()).isEqualTo("the answer is broken HTTP: " + part);
        }
    }

    @Test
    void what_is_no_http_is_shown_short_and_escaped() {
        try (var receiver =
                new RawReceiver(speaker -> {
                    speaker.say("\u0000\u0001SSH\u00e9\u001b[31m" + "x".repeat(20_000));
                    speaker.close();
                })) {
            var attempt = attempt(receiver);
            assertThat(attempt.diagnosis()).isEqualTo(Diagnosis.NOT_HTTP);
            assertThat(attempt.error())
                    .startsWith(
                            "what answered is not HTTP, it began with: \\x00\\x01SSH\\xe9\\x1b[31mxxx")
                    .endsWith("x…")
                    .hasSizeLessThan(120);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CHUNKED,
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n"
            })
    void a_success_whose_body_does_not_end_is_no_success(String head) {
        try (var receiver = new RawReceiver(speaker -> endless(speaker.say(head), head))) {
            var tried = tried(receiver.url("/hook"));
            assertThat(tried.state()).isEqualTo(Notification.State.PENDING);
            var attempt = webhooks.notifications.attempts(tried).getFirst();
            assertThat(attempt.status()).isEqualTo(200);
            assertThat(attempt.diagnosis()).isEqualTo(Diagnosis.ANSWER_ENDLESS);
            assertThat(attempt.error()).startsWith("the answer does not end: more than 16 KiB");
            assertThat(attempt.answer()).hasSize(KEPT).startsWith("0123456789 0123");
        }
    }

    private static void endless(RawReceiver.Speaker speaker, String head) throws IOException {
        String text = "0123456789\0";
        for (int i = 0; i < 100_000; i++) {
            speaker.say(head.equals(CHUNKED) ? "b\r\n" + text + "\r\n" : text);
        }
    }

    @Test
    void a_refusal_with_an_endless_body_keeps_its_own_meaning() {
        try (var receiver =
                new RawReceiver(speaker ->
                        endless(speaker.say("HTTP/1.1 404 No\r\n\r\n"), "HTTP/1.1 404 No"))) {
            var attempt = attempt(receiver);
            assertThat(attempt.status()).isEqualTo(404);
            assertThat(attempt.diagnosis()).isEqualTo(Diagnosis.NOT_FOUND);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, KEPT, KEPT + 1, 1024 * 1024})
    void a_success_of_a_length_that_was_announced_is_one_and_its_end_is_cut(int length) {
        try (var receiver =
                new RawReceiver(speaker ->
                        speaker.say("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n")
                                .say("a".repeat(length)))) {
            var attempt = attempt(receiver);
            assertThat(attempt.error()).isEmpty();
            assertThat(attempt.answer()).isEqualTo("a".repeat(Math.min(length, KEPT)));
        }
    }

    @Test
    void a_body_of_just_16_KiB_ends() {
        try (var receiver =
                new RawReceiver(speaker ->
                        speaker.say(CHUNKED + "4000\r\n" + "a".repeat(KEPT) + "\r\n0\r\n\r\n"))) {
            assertThat(attempt(receiver).error()).isEmpty();
        }
    }

    @Test
    void a_compressed_answer_is_kept_as_it_came() {
        byte[] bomb = compressed(20_000_000);
        try (var receiver =
                new RawReceiver(speaker -> {
                    speaker.say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n");
                    speaker.say("Content-Length: " + bomb.length + "\r\n\r\n").say(bomb);
                })) {
            var attempt = attempt(receiver);
            assertThat(attempt.error()).isEmpty();
            assertThat(attempt.answer()).startsWith("\u001f").hasSizeLessThanOrEqualTo(KEPT);
        }
    }

    private static byte[] compressed(int length) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(new byte[length]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nwhat came",
                "HTTP/1.1 500 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nwhat came\r\nZZ\r\n"
            })
    void what_came_of_a_body_that_ended_badly_is_kept(String said) {
        try (var receiver =
                new RawReceiver(speaker -> {
                    speaker.say(said);
                    speaker.close();
                })) {
            assertThat(attempt(receiver).answer()).isEqualTo("what came");
        }
    }

    @Test
    void what_came_of_a_body_that_drips_is_kept() {
        try (var receiver =
                new RawReceiver(speaker -> {
                    speaker.say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\ndrip");
                    for (int i = 0; i < 40; i++) {
                        speaker.pause(Duration.ofMillis(100)).say("p");
                    }
                })) {
            var attempt = attempt(receiver);
            assertThat(attempt.diagnosis()).isEqualTo(Diagnosis.ANSWER_TOO_SLOW);
            assertThat(attempt.answer()).startsWith("dripp");
            assertThat(attempt.times().firstByte()).isNotNull();
        }
    }

    @Test
    void a_request_that_got_no_byte_has_no_time_to_the_first() {
        try (var receiver = new RawReceiver(speaker -> speaker.pause(Duration.ofSeconds(4)))) {
            var attempt = attempt(receiver);
            assertThat(attempt.diagnosis()).isEqualTo(Diagnosis.NO_ANSWER_IN_TIME);
            assertThat(attempt.requestHeaders()).contains("webhook-id: ");
            assertThat(attempt.times().firstByte()).isNull();
        }
    }

    @Test
    void a_request_that_was_never_sent_has_no_headers() {
        var receiver = new RawReceiver(_ -> {});
        String url = receiver.url("/hook");
        receiver.close();
        var refused = attempt(url);
        assertThat(refused.error())
                .isEqualTo("connection failed: nothing listens at that address and port");
        assertThat(refused.requestHeaders()).isEmpty();
        assertThat(refused.times().firstByte()).isNull();
    }

    private static Notification.Attempt attempt(RawReceiver receiver) {
        return attempt(receiver.url("/hook"));
    }

    private static Notification.Attempt attempt(String url) {
        return webhooks.notifications.attempts(tried(url)).getFirst();
    }

    private static Notification tried(String url) {
        var endpoint = webhooks.endpoint(webhooks.partner(), url).endpoint();
        return webhooks.eventuallyTried(webhooks.endpoints.ping(endpoint), 1);
    }
}
