package com.comptappart.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that is kept serves its own endpoint, one answer to each call. */
class KeptConnectionsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String STRAY =
            "HTTP/1.1 200 OK\r\nX-Stray: yes\r\nContent-Length: 0\r\n\r\n";
    private static final String ERROR = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n";
    private static final Duration BYTES_CAME = Duration.ofMillis(400);

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
    void bytes_after_an_answer_are_no_answer_to_the_next_call() {
        try (var receiver = new RawReceiver(speaker -> sayOnce(speaker, OK + STRAY))) {
            assertSecondCallGetsItsOwnAnswer(receiver);
        }
    }

    @Test
    void bytes_that_come_late_are_no_answer_to_the_next_call() {
        try (var receiver = new RawReceiver(KeptConnectionsTest::strayLater)) {
            assertSecondCallGetsItsOwnAnswer(receiver);
        }
    }

    @Test
    void bytes_that_come_late_behind_TLS_are_no_answer_to_the_next_call() {
        var port = certificates.signedPort("ip:127.0.0.1");
        try (var receiver = new RawReceiver(port, "https", KeptConnectionsTest::strayLater)) {
            assertSecondCallGetsItsOwnAnswer(receiver);
        }
    }

    private static void strayLater(RawReceiver.Speaker speaker) throws IOException {
        sayOnce(speaker, "HTTP/1.1 204 No Content\r\n\r\n");
        if (speaker.number() == 1) {
            speaker.pause(Duration.ofMillis(200)).say(STRAY);
        }
    }

    /** The first request on each connection gets that, all others an error. */
    private static void sayOnce(RawReceiver.Speaker speaker, String first) throws IOException {
        speaker.say(speaker.number() == 1 ? first : ERROR);
    }

    private static void assertSecondCallGetsItsOwnAnswer(RawReceiver receiver) {
        var endpoint = webhooks.endpoint(webhooks.partner(), receiver.url("/hook")).endpoint();
        webhooks.eventuallyIs(webhooks.endpoints.ping(endpoint), Notification.State.DELIVERED);
        pause(BYTES_CAME);
        var second = webhooks.eventuallyTried(webhooks.endpoints.ping(endpoint), 1);
        var attempt = webhooks.notifications.attempts(second).getFirst();
        assertThat(attempt.answerHeaders()).doesNotContainIgnoringCase("x-stray");
        assertThat(receiver.connections()).as("the first was closed").isEqualTo(2);
    }

    @Test
    void what_one_endpoint_answers_reaches_no_other_endpoint_of_that_server() {
        try (var receiver =
                new RawReceiver(speaker -> speaker.say(speaker.path().equals("/a") ? OK : ERROR))) {
            var first = webhooks.endpoint(webhooks.partner(), receiver.url("/a")).endpoint();
            var ping = webhooks.endpoints.ping(first);
            webhooks.eventuallyIs(ping, Notification.State.DELIVERED);
            var other = webhooks.endpoint(webhooks.partner(), receiver.url("/v")).endpoint();
            var tried = webhooks.eventuallyTried(webhooks.endpoints.ping(other), 1);
            assertThat(webhooks.notifications.attempts(tried).getFirst().status()).isEqualTo(500);
            assertThat(receiver.connections()).as("none is shared").isEqualTo(2);

            webhooks.eventuallyIs(webhooks.endpoints.ping(first), Notification.State.DELIVERED);
            webhooks.eventuallyTried(webhooks.endpoints.ping(other), 1);
            assertThat(receiver.connections()).as("each keeps its own").isEqualTo(2);
        }
    }

    @Test
    void a_kept_connection_that_was_just_closed_is_no_failed_attempt() {
        try (var receiver = new RawReceiver(KeptConnectionsTest::answerOnce)) {
            var endpoint = webhooks.endpoint(webhooks.partner(), receiver.url("/hook")).endpoint();
            for (int i = 1; i <= 5; i++) {
                var ping = webhooks.endpoints.ping(endpoint);
                var ended = webhooks.eventuallyIs(ping, Notification.State.DELIVERED);
                assertThat(ended.attempts()).isEqualTo(1);
                assertThat(receiver.connections()).isEqualTo(i);
            }
        }
    }

    /** Says that it keeps each connection open, and closes it when it is used again. */
    private static void answerOnce(RawReceiver.Speaker speaker) throws IOException {
        if (speaker.number() == 1) {
            speaker.say(OK);
        } else {
            speaker.close();
        }
    }

    @Test
    void an_attempt_is_at_most_one_call_on_a_kept_connection_and_one_on_a_new_one() {
        var slow = new CountDownLatch(4);
        var refusing = new AtomicBoolean();
        try (var receiver =
                new RawReceiver(speaker -> {
                    if (refusing.get()) {
                        speaker.close();
                        return;
                    }
                    slow.countDown();
                    await(slow);
                    speaker.say(OK);
                })) {
            var partner = webhooks.partner();
            var endpoint = webhooks.endpoint(partner, receiver.url("/hook")).endpoint();
            var pings = Stream.generate(() -> webhooks.endpoints.ping(endpoint)).limit(4).toList();
            pings.forEach(each -> webhooks.eventuallyIs(each, Notification.State.DELIVERED));
            assertThat(receiver.connections()).isEqualTo(4);
            refusing.set(true);
            var tried = webhooks.eventuallyTried(webhooks.endpoints.ping(endpoint), 1);
            assertThat(webhooks.notifications.attempts(tried).getFirst().diagnosis())
                    .isEqualTo(Diagnosis.CONNECTION_CLOSED);
            assertThat(receiver.requests()).hasSize(4 + 2);
            assertThat(receiver.connections()).isEqualTo(5);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
