package com.comptappart.webhook;

import com.comptappart.kernel.Reason;
import com.comptappart.kernel.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes one signed call to a partner, within one deadline. */
@Component
class PartnerCalls implements AutoCloseable {

    private static final int BYTES_READ = 16 * 1024;
    private static final int BYTES_AT_ONCE = 2 * 1024;
    private static final long LONGEST_ANNOUNCED = 1024 * 1024;
    private static final int HEADERS_KEPT = 8 * 1024;

    private static final String USER_AGENT = "ComptAppart-Webhook/1.0";
    private static final String API_KEY = "X-API-KEY";

    private final PartnerConnections connections;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor timers =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("webhook-deadlines").factory());

    PartnerCalls(PartnerConnections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
        timers.setRemoveOnCancelPolicy(true);
    }

    /** A call while it is made. */
    private static final class Call {
        final Instant at;
        final EndpointUrl url;
        final HttpPost request;
        final HttpClientContext context;
        final Stopwatch watch = new Stopwatch();
        int status;
        String answerHeaders = "";
        final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Call(Instant at, EndpointUrl url, HttpPost request, String endpointId) {
            this.at = at;
            this.url = url;
            this.request = request;
            this.context = PartnerConnections.contextOf(endpointId);
        }

        Answer answered(
                String error, @Nullable Diagnosis diagnosis, @Nullable Duration retryAfter) {
            var transcript =
                    new Transcript(
                            address(),
                            watch.isRequestSent() ? headers(request.getHeaders()) : "",
                            answerHeaders,
                            body(),
                            watch.stop());
            return new Answer(at, status, error, diagnosis, transcript, retryAfter);
        }

        Answer failed(Exception failure) {
            var diagnosis = FailureCauses.of(failure, watch);
            return answered(
                    FailureWords.of(failure, diagnosis, watch.firstBytes(), status),
                    diagnosis,
                    null);
        }

        /** What came of it, 16 KiB at most. */
        String body() {
            return text(
                    StandardCharsets.UTF_8
                            .decode(
                                    ByteBuffer.wrap(
                                            body.toByteArray(),
                                            0,
                                            Math.min(body.size(), BYTES_READ)))
                            .toString());
        }

        private String address() {
            var connection = context.getEndpointDetails();
            return connection == null || connection.getRemoteAddress() == null
                    ? watch.addresses()
                    : connection.getRemoteAddress().toString().replaceFirst("^[^/]*/", "");
        }
    }

    /**
     * Sends the notification once.
     *
     * @throws InterruptedException when this thread was asked to stop; the partner may have got it
     */
    Answer send(Target target, Delivery delivery) throws InterruptedException {
        return send(
                target,
                Message.signed(target.secrets(), delivery.id(), clock.instant(), delivery.body()));
    }

    /**
     * Sends the message as it is, whoever signed it.
     *
     * @throws InterruptedException when this thread was asked to stop; the partner may have got it
     */
    Answer send(Target target, Message message) throws InterruptedException {
        Instant at = clock.instant();
        EndpointUrl url;
        try {
            url = EndpointUrl.parse(target.url());
        } catch (Refused e) {
            return new Answer(at, 0, e.detail(), Diagnosis.ADDRESS_REFUSED, Transcript.EMPTY, null);
        }
        var call = new Call(at, url, request(target, message, url), target.endpointId());
        return ScopedValue.where(Stopwatch.OF_CALL, call.watch)
                .call(() -> within(target.timeout(), call));
    }

    private Answer within(Duration timeout, Call call) throws InterruptedException {
        var deadline = new Deadline(timers, timeout.toMillis(), call.request);
        try (deadline) {
            return exchange(call, deadline);
        } catch (IOException | RuntimeException e) {
            if (deadline.expired()) {
                return call.answered(
                        Reason.PARTNER_TOO_SLOW.text(timeout.toMillis()),
                        FailureCauses.ofDeadline(call.watch.phase()),
                        null);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return call.failed(e);
        }
    }

    /**
     * A kept connection that the partner's server closed at this very moment is no failure of the
     * partner's: where not one byte of an answer came, the request is sent once more, on a new
     * connection, as RFC 9112, 9.3.1 lets a client that may send twice. That is its last time.
     */
    private Answer exchange(Call call, Deadline deadline) throws IOException {
        try {
            return exchangeOnce(call);
        } catch (NoHttpResponseException | SocketException e) {
            if (deadline.expired() || !call.watch.usesKeptConnection()) {
                throw e;
            }
        }
        call.watch.wantNewConnection();
        return exchangeOnce(call);
    }

    private Answer exchangeOnce(Call call) throws IOException {
        var client = connections.client(call.url.reach());
        try (ClassicHttpResponse response =
                client.executeOpen(call.url.httpHost(), call.request, call.context)) {
            call.status = response.getCode();
            call.answerHeaders = headers(response.getHeaders());
            boolean hasEnded = read(response, call);
            if (!hasEnded && isSuccess(call.status)) {
                return call.answered(
                        Reason.PARTNER_ANSWER_ENDLESS.text(), Diagnosis.ANSWER_ENDLESS, null);
            }
            return call.answered(
                    "",
                    AnswerCauses.of(call.url.uri(), response, call.body()),
                    retryAfter(response));
        }
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static HttpPost request(Target target, Message message, EndpointUrl url) {
        var request = new HttpPost(url.uri());
        request.setHeader("User-Agent", USER_AGENT);
        request.setHeader("webhook-id", message.id());
        request.setHeader("webhook-timestamp", Long.toString(message.at().getEpochSecond()));
        request.setHeader("webhook-signature", message.signatures());
        if (target.apiKey() != null) {
            request.setHeader(API_KEY, target.apiKey());
        }
        request.setEntity(message.entity());
        return request;
    }

    /**
     * Reads no more than the limit, as it came, never decompressed; a connection with more to come
     * is closed, not drained.
     *
     * @return whether the body ended, or is known to end before long
     */
    private static boolean read(ClassicHttpResponse response, Call call) throws IOException {
        var entity = response.getEntity();
        if (entity == null) {
            return true;
        }
        try (InputStream in = entity.getContent()) {
            byte[] part = new byte[BYTES_AT_ONCE];
            // One byte more than is kept tells a body of just that length from a longer one.
            while (call.body.size() <= BYTES_READ) {
                int length =
                        in.read(part, 0, Math.min(part.length, BYTES_READ + 1 - call.body.size()));
                if (length < 0) {
                    return true;
                }
                call.body.write(part, 0, length);
            }
            call.request.cancel();
            long announced = entity.getContentLength();
            return announced >= 0 && announced <= LONGEST_ANNOUNCED;
        }
    }

    /** One to a line, the partner's key masked but for its end. */
    private static String headers(Header[] headers) {
        var text = new StringBuilder();
        for (Header each : headers) {
            String value = String.valueOf(each.getValue());
            text.append(each.getName())
                    .append(": ")
                    .append(each.getName().equals(API_KEY) ? masked(value) : value)
                    .append('\n');
            if (text.length() > HEADERS_KEPT) {
                text.setLength(HEADERS_KEPT);
                break;
            }
        }
        return text(text.toString());
    }

    private static String masked(String key) {
        return "••••" + key.substring(Math.max(0, key.length() - 4));
    }

    /** PostgreSQL keeps no NUL in a text. */
    private static String text(String said) {
        return said.replace('\0', ' ');
    }

    private @Nullable Duration retryAfter(ClassicHttpResponse response) {
        var header = response.getFirstHeader("Retry-After");
        return header == null ? null : RetryAfter.parse(header.getValue(), clock.instant());
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }
}
