package com.comptappart.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends events until they are answered with a 2xx, with growing delays; one queue and one thread
 * per endpoint.
 */
final class Deliveries implements AutoCloseable {

    static final List<Duration> DELAYS =
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofHours(1),
                    Duration.ofHours(6));

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration OLD = Duration.ofMinutes(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    private final Store store;
    private final WebhookEndpoints endpoints;
    private final Faults faults;
    private final Shapes shapes;
    private final DeliveryLog log = new DeliveryLog();
    private final Map<String, EndpointQueue> queues = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(Version.HTTP_1_1)
                    .followRedirects(Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(5))
                    .executor(threads)
                    .build();

    Deliveries(Store store, WebhookEndpoints endpoints, Faults faults) {
        this.store = store;
        this.endpoints = endpoints;
        this.faults = faults;
        this.shapes = new Shapes(store);
    }

    /**
     * Queues an event for an endpoint; done when the first call has been answered or has failed.
     */
    CompletableFuture<Void> send(String endpointId, String eventId) {
        var queue = queues.computeIfAbsent(endpointId, this::startQueue);
        var delivery = Delivery.first(eventId, faults.nextDelay());
        queue.add(delivery);
        for (int i = faults.takeDuplicates(); i > 0; i--) {
            queue.add(Delivery.first(eventId, Duration.ZERO));
        }
        return delivery.answered();
    }

    DeliveryLog log() {
        return log;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }

    private EndpointQueue startQueue(String endpointId) {
        var queue = new EndpointQueue(delivery -> attempt(endpointId, delivery));
        threads.execute(queue);
        return queue;
    }

    /** True when there is nothing more to do for this delivery. */
    private boolean attempt(String endpointId, Delivery delivery) throws InterruptedException {
        Optional<HttpRequest> request = store.locked(() -> request(endpointId, delivery.eventId()));
        if (request.isEmpty()) {
            LOG.info(
                    "Event {} is not sent to {}: the endpoint is gone or disabled.",
                    delivery.eventId(),
                    endpointId);
            return true;
        }
        String outcome = call(request.get());
        log.add(
                delivery.eventId(),
                new DeliveryLog.Attempt(
                        endpointId, delivery.attempt(), store.clockSecond(), outcome));
        if (outcome.isEmpty()) {
            store.locked(() -> acknowledged(delivery.eventId()));
            return true;
        }
        Optional<Duration> delay = delivery.nextDelay();
        LOG.warn(
                "Event {}, attempt {}: endpoint {} {}; {}.",
                delivery.eventId(),
                delivery.attempt(),
                endpointId,
                outcome,
                delay.map(d -> "next one in " + d.toSeconds() + " s").orElse("no more attempts"));
        return delay.isEmpty();
    }

    private Optional<HttpRequest> request(String endpointId, String eventId) {
        Optional<ObjectNode> event = store.find(Kind.EVENT, eventId);
        Optional<WebhookEndpoints.Target> target = endpoints.target(endpointId);
        if (event.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        String body = Json.pretty(shapes.write(event.get().deepCopy(), target.get().version()));
        String secret =
                faults.take(Faults.Switch.WRONG_SIGNATURE)
                        ? Ids.random("whsec_", 32)
                        : target.get().secret();
        String signature = Signature.header(secret, signedAt(), body);
        return Optional.of(
                HttpRequest.newBuilder(URI.create(target.get().url()))
                        .timeout(ANSWER_TIMEOUT)
                        .header("Content-Type", "application/json; charset=utf-8")
                        .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
                        .header("Stripe-Signature", signature)
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    private long signedAt() {
        return store.clockSecond()
                - (faults.take(Faults.Switch.OLD_TIMESTAMP) ? OLD.toSeconds() : 0);
    }

    /** Empty for a 2xx, else what went wrong. A redirect is a failure, as with Stripe. */
    private String call(HttpRequest request) throws InterruptedException {
        if (faults.take(Faults.Switch.DROP)) {
            return "missed the call (a fault that was asked for)";
        }
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? "" : "answered " + status;
        } catch (IOException unreachable) {
            return "gave no answer (" + unreachable.getClass().getSimpleName() + ")";
        }
    }

    private boolean acknowledged(String eventId) {
        store.find(Kind.EVENT, eventId)
                .ifPresent(event ->
                        event.put(
                                "pending_webhooks",
                                Math.max(0, event.path("pending_webhooks").asInt() - 1)));
        return true;
    }
}
