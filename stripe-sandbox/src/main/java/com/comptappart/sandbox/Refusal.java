package com.comptappart.sandbox;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A request that is refused, in the words and with the codes that Stripe uses. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String CALLERS_FAULT = "invalid_request_error";

    private final int status;
    private final String type;
    private final @Nullable String code;
    private final @Nullable String param;
    private final String words;
    private final transient ObjectNode more = Json.object();
    private String retryAfter = "";

    private Refusal(
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
        this.words = message;
    }

    static Refusal of(@Nullable String code, @Nullable String param, String message) {
        return new Refusal(400, CALLERS_FAULT, code, param, message);
    }

    static Refusal missing(String param) {
        return of("parameter_missing", param, "Missing required param: %s.".formatted(param));
    }

    static Refusal unknown(String param) {
        return of("parameter_unknown", param, "Received unknown parameter: %s".formatted(param));
    }

    /** Something that Stripe does and this sandbox doesn't: said so, never silently ignored. */
    static Refusal notImitated(String param, String what) {
        return of(
                "parameter_unknown",
                param,
                "This sandbox does not imitate %s yet.".formatted(what));
    }

    static Refusal noSuch(Kind kind, String id) {
        return new Refusal(404, CALLERS_FAULT, "resource_missing", "id", noSuchMessage(kind, id));
    }

    static Refusal noSuchParam(Kind kind, String id, String param) {
        return of("resource_missing", param, noSuchMessage(kind, id));
    }

    static Refusal noSuchUrl(String method, String path) {
        return new Refusal(
                404,
                CALLERS_FAULT,
                null,
                null,
                "Unrecognized request URL (%s: %s).".formatted(method, path));
    }

    static Refusal unauthenticated(String message) {
        return new Refusal(401, CALLERS_FAULT, null, null, message);
    }

    static Refusal otherUseOfIdempotencyKey(String key) {
        return new Refusal(
                400,
                "idempotency_error",
                null,
                null,
                "Keys for idempotent requests can only be used with the same parameters they were first used with."
                        + " Try using a key other than '%s' if you meant to execute a different request."
                                .formatted(key));
    }

    /** A card that was declined: the intent tells more of it, where there is one. */
    static Refusal declined(TestCard.Declines why, ObjectNode intent) {
        Refusal refusal = declined(why);
        if (intent.path("latest_charge").isString()) {
            refusal.more.set("charge", intent.path("latest_charge"));
        }
        refusal.more.set("payment_intent", intent.deepCopy());
        refusal.more.set(
                "payment_method", intent.path("last_payment_error").path("payment_method"));
        return refusal;
    }

    /** A card that can't be kept. */
    static Refusal setupDeclined(TestCard.Declines why, ObjectNode intent) {
        Refusal refusal = declined(why);
        refusal.more.set("setup_intent", intent.deepCopy());
        return refusal;
    }

    static Refusal nothingToCharge() {
        return of(
                "invoice_payment_intent_requires_action",
                null,
                "Nothing to charge: there is no default payment method.");
    }

    /** The bank wants to see the owner of the card: Stripe calls that the card's error. */
    static Refusal invoiceNeedsOwner() {
        return new Refusal(
                402,
                "card_error",
                "invoice_payment_intent_requires_action",
                null,
                "This payment requires additional user action before it can be completed successfully.");
    }

    static Refusal declined(TestCard.Declines why) {
        var refusal = new Refusal(402, "card_error", why.code(), null, declineWords(why));
        refusal.more.put("decline_code", why.declineCode());
        return refusal;
    }

    static String declineWords(TestCard.Declines why) {
        return "Your card was declined (%s).".formatted(why.declineCode());
    }

    /** A state that forbids what was asked, told with the intent that is in it. */
    static Refusal unexpectedState(ObjectNode intent, String doing) {
        Refusal refusal =
                of(
                        "payment_intent_unexpected_state",
                        null,
                        "You cannot %s this PaymentIntent because it has a status of %s."
                                .formatted(doing, intent.path("status").asString()));
        refusal.more.set("payment_intent", intent.deepCopy());
        return refusal;
    }

    static Refusal forbidden(String message) {
        return new Refusal(403, CALLERS_FAULT, null, null, message);
    }

    static Refusal tooLarge(int limitBytes) {
        return new Refusal(
                413,
                CALLERS_FAULT,
                null,
                null,
                "The request body is larger than %d bytes.".formatted(limitBytes));
    }

    static Refusal ourFault(String requestId) {
        return new Refusal(
                500,
                "api_error",
                null,
                null,
                "The sandbox failed on request %s; its log says why.".formatted(requestId));
    }

    /** A 500 that a test asked for. */
    static Refusal askedFault(String requestId) {
        return new Refusal(
                500,
                "api_error",
                null,
                null,
                "An unknown error occurred (a fault that was asked for, request %s)."
                        .formatted(requestId));
    }

    static Refusal tooMany(int retryAfterSeconds) {
        var refusal =
                new Refusal(
                        429,
                        CALLERS_FAULT,
                        "rate_limit",
                        null,
                        "Request rate limit exceeded (a fault that was asked for).");
        refusal.retryAfter = String.valueOf(retryAfterSeconds);
        return refusal;
    }

    /** The header Retry-After, empty when there is none. */
    String retryAfter() {
        return retryAfter;
    }

    int status() {
        return status;
    }

    String words() {
        return words;
    }

    ObjectNode envelope() {
        var error = Json.object();
        if (code != null) {
            error.put("code", code);
            error.put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
        }
        error.put("message", words);
        if (param != null) {
            error.put("param", param);
        }
        error.put("type", type);
        error.setAll(more);
        var envelope = Json.object();
        envelope.set("error", error);
        return envelope;
    }

    private static String noSuchMessage(Kind kind, String id) {
        return "No such %s: '%s'".formatted(kind.word(), id);
    }
}
