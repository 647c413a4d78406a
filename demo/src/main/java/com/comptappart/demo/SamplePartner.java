package com.comptappart.demo;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a partner writes: one address that verifies with the public library of Standard Webhooks,
 * handles each event once and answers at once; and a page that shows what came.
 */
final class SamplePartner implements AutoCloseable {

    private static final int MOST_CALLS = 200;

    private final Clock clock;
    private final Site site;
    private final Set<String> handled = new HashSet<>();
    private final Deque<Call> calls = new ArrayDeque<>();
    private volatile @Nullable Webhook verifier;

    private SamplePartner(int port, Clock clock) {
        this.clock = clock;
        this.site = Site.start(port, new PartnerPages(this));
    }

    static SamplePartner start(int port, Clock clock) {
        return new SamplePartner(port, clock);
    }

    String url(String path) {
        return site.url(path);
    }

    /** From now on calls are verified with the secret that the hub gave. */
    void trust(String secret) {
        try {
            verifier = new Webhook(secret);
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException("the hub gave no secret", e);
        }
    }

    /** What the hub's call is answered with. */
    Site.Answer receive(Site.Request request) {
        Webhook trusted = verifier;
        if (trusted == null) {
            return Site.Answer.text(503, "not yet");
        }
        try {
            trusted.verify(request.body(), request.headers());
        } catch (WebhookVerificationException refused) {
            note(request, false, String.valueOf(refused.getMessage()));
            return Site.Answer.text(401, "bad signature");
        }
        note(request, true, "");
        return Site.Answer.text(200, "ok");
    }

    /** Newest first. */
    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The verified call that told of an order. */
    Optional<Call> told(long orderId) {
        return calls().stream()
                .filter(call -> call.verified() && call.orderId() == orderId)
                .findFirst();
    }

    @Override
    public void close() {
        site.close();
    }

    private synchronized void note(Site.Request request, boolean verified, String reason) {
        JsonNode body = parsed(request.body());
        String eventId = body.path("event_id").asString("");
        boolean known = verified && !handled.add(eventId);
        calls.addFirst(
                new Call(
                        clock.instant(),
                        request.header("webhook-id"),
                        verified,
                        known,
                        reason,
                        body,
                        request.body()));
        if (calls.size() > MOST_CALLS) {
            calls.removeLast();
        }
    }

    private static JsonNode parsed(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JacksonException notJson) {
            return Json.MAPPER.createObjectNode();
        }
    }
}
