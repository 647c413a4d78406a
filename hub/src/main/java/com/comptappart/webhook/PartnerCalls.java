package com.comptappart.webhook;

import com.comptappart.kernel.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes one signed call to a partner, within one deadline. */
@Component
class PartnerCalls implements AutoCloseable {

    private static final int BYTES_READ = 16 * 1024;
    private static final int BYTES_KEPT = 4 * 1024;
    private static final String USER_AGENT = "ComptAppart-Webhook/1.0";

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

    /**
     * Sends the notification once.
     *
     * @throws InterruptedException when this thread was asked to stop; the partner may have got it
     */
    Answer send(Target target, Delivery delivery) throws InterruptedException {
        Instant at = clock.instant();
        long start = System.nanoTime();
        EndpointUrl url;
        try {
            url = EndpointUrl.parse(target.url());
        } catch (com.comptappart.kernel.Refused e) {
            return failed(at, start, 0, e.detail());
        }
        var request = request(target, delivery, url, at);
        var deadline = new Deadline(timers, target.timeout().toMillis(), request);
        var status = new int[1];
        try (deadline) {
            return exchange(url, request, at, start, status);
        } catch (IOException | RuntimeException e) {
            if (deadline.expired()) {
                return failed(
                        at,
                        start,
                        status[0],
                        Reason.PARTNER_TOO_SLOW.text(target.timeout().toMillis()));
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return failed(at, start, status[0], describe(e));
        }
    }

    private Answer exchange(EndpointUrl url, HttpPost request, Instant at, long start, int[] status)
            throws IOException {
        var client = connections.client(url.reach());
        try (ClassicHttpResponse response = client.executeOpen(url.httpHost(), request, null)) {
            status[0] = response.getCode();
            String text = body(response, request);
            return new Answer(at, since(start), response.getCode(), "", text, retryAfter(response));
        }
    }

    private static HttpPost request(Target target, Delivery delivery, EndpointUrl url, Instant at) {
        byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
        var request = new HttpPost(url.uri());
        request.setHeader("User-Agent", USER_AGENT);
        request.setHeader("webhook-id", delivery.id());
        request.setHeader("webhook-timestamp", Long.toString(at.getEpochSecond()));
        request.setHeader(
                "webhook-signature", Signer.sign(target.secrets(), delivery.id(), at, body));
        if (target.apiKey() != null) {
            request.setHeader("X-API-KEY", target.apiKey());
        }
        request.setEntity(new ByteArrayEntity(body, ContentType.create("application/json")));
        return request;
    }

    /** Reads no more than the limit; a connection with more to come is closed, not drained. */
    private static String body(ClassicHttpResponse response, HttpPost request) throws IOException {
        var entity = response.getEntity();
        if (entity == null) {
            return "";
        }
        try (InputStream in = entity.getContent()) {
            byte[] read = in.readNBytes(BYTES_READ);
            if (read.length == BYTES_READ) {
                request.cancel();
            }
            return text(Arrays.copyOf(read, Math.min(read.length, BYTES_KEPT)));
        }
    }

    /** PostgreSQL keeps no NUL in a text. */
    private static String text(byte[] bytes) {
        return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes)).toString().replace('\0', ' ');
    }

    private @Nullable Duration retryAfter(ClassicHttpResponse response) {
        var header = response.getFirstHeader("Retry-After");
        return header == null ? null : RetryAfter.parse(header.getValue(), clock.instant());
    }

    private static String describe(Exception e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        String what =
                switch (e) {
                    case AddressRefused _ -> Reason.PARTNER_ADDRESS.text(message);
                    case UnknownHostException _ -> Reason.PARTNER_NAME_UNKNOWN.text(message);
                    case SSLException _ -> Reason.PARTNER_TLS.text(message);
                    default ->
                            Reason.PARTNER_NOT_CONNECTED.text(
                                    e.getClass().getSimpleName() + " " + message);
                };
        String clean = what.replace('\0', ' ').strip();
        return clean.length() > 500 ? clean.substring(0, 500) : clean;
    }

    private static Answer failed(Instant at, long start, int status, String error) {
        return new Answer(at, since(start), status, error, "", null);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }
}
