package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The door for Stripe's events: checks the raw bytes, makes the event durable, answers. */
@RestController
class StripeWebhooks {

    private static final int MAX_BODY = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StripeProperties properties;
    private final EventInbox inbox;
    private final ThinEvents thin;
    private final MeterRegistry meters;
    private final Clock clock;

    StripeWebhooks(
            StripeProperties properties,
            EventInbox inbox,
            ThinEvents thin,
            MeterRegistry meters,
            Clock clock) {
        this.properties = properties;
        this.inbox = inbox;
        this.thin = thin;
        this.meters = meters;
        this.clock = clock;
    }

    @PostMapping("/stripe/webhooks")
    ResponseEntity<?> receive(HttpServletRequest request) throws InterruptedException {
        if (request.getContentLengthLong() > MAX_BODY) {
            return tooLarge();
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(MAX_BODY + 1);
        } catch (IOException e) {
            return refuse(
                    HttpStatus.BAD_REQUEST, "body_incomplete", "The body did not come whole.");
        }
        if (body.length > MAX_BODY) {
            return tooLarge();
        }
        var signature = StripeSignature.parse(request.getHeader("Stripe-Signature"));
        if (signature == null) {
            return refuse(
                    HttpStatus.BAD_REQUEST,
                    "signature_missing",
                    "The Stripe-Signature header is missing or malformed.");
        }
        if (!signature.isFresh(clock.instant())) {
            return refuse(
                    HttpStatus.BAD_REQUEST,
                    "signature_stale",
                    "The signature's timestamp is more than 300 s away from our clock. Send the event again, or check both clocks.");
        }
        boolean test = isSignedFor(Environment.STAGING, signature, body);
        boolean live = isSignedFor(Environment.PRODUCTION, signature, body);
        if (!test && !live) {
            return refuse(
                    HttpStatus.BAD_REQUEST,
                    "signature_wrong",
                    "No configured webhook secret made this signature. Check COMPTAPPART_STRIPE_…_WEBHOOKSECRETS.");
        }
        return read(body, test, live);
    }

    private ResponseEntity<?> read(byte[] body, boolean test, boolean live)
            throws InterruptedException {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException e) {
            return refuse(HttpStatus.BAD_REQUEST, "body_not_json", "The body is not JSON.");
        }
        var event =
                ThinEvents.isThin(json)
                        ? thin.received(json, body, clock.instant())
                        : ReceivedEvent.of(json, body, clock.instant());
        if (event == null) {
            return refuse(
                    HttpStatus.BAD_REQUEST,
                    "body_not_an_event",
                    "The body is no Stripe event: id, type or livemode is missing or can't be.");
        }
        if (event.environment().livemode() ? !live : !test) {
            return refuse(
                    HttpStatus.BAD_REQUEST,
                    "mode_mismatch",
                    "The event's livemode is not the mode of the secret that signed it.");
        }
        if (!inbox.store(event)) {
            return refuse(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "not_stored",
                    "The event could not be stored now. Send it again.");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"received\":true}");
    }

    private boolean isSignedFor(Environment environment, StripeSignature signature, byte[] body) {
        boolean found = false;
        for (String secret : properties.of(environment).webhookSecrets()) {
            found |= signature.isOf(body, secret);
        }
        return found;
    }

    private ResponseEntity<?> tooLarge() {
        return refuse(HttpStatus.CONTENT_TOO_LARGE, "body_too_large", "The body is over 1 MiB.");
    }

    private ResponseEntity<?> refuse(HttpStatus status, String code, String detail) {
        meters.counter("comptappart.stripe.refused", "code", code).increment();
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
