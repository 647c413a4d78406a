package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Reason;
import com.comptappart.partner.Partners;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Events of Stripe's newer kind, {@code v2.core.event}: they name an object instead of holding it,
 * and their types of the first API begin with {@code v1.}. They are kept as the events that they
 * stand for, and their object is fetched when they are read.
 */
@Component
class ThinEvents {

    private static final String OBJECT = "v2.core.event";
    private static final String PREFIX = "v1.";
    private static final int MOST = 512;

    private final Partners partners;
    private final StripeCalls calls;

    ThinEvents(Partners partners, StripeCalls calls) {
        this.partners = partners;
        this.calls = calls;
    }

    static boolean isThin(JsonNode json) {
        return json.path("object").asString("").equals(OBJECT);
    }

    /** Reads the envelope; null where it is no event. */
    @Nullable ReceivedEvent received(JsonNode json, byte[] body, Instant now) {
        String id = json.path("id").asString("");
        String type = json.path("type").asString("");
        if (!Clean.isIdentifier(id, MOST)
                || !Clean.isIdentifier(type, MOST)
                || !json.path("livemode").isBoolean()) {
            return null;
        }
        return new ReceivedEvent(
                account(json),
                Environment.ofLivemode(json.path("livemode").booleanValue()),
                id,
                type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type,
                "",
                created(json, now),
                body);
    }

    /**
     * The connected account. Only one that a partner is bound to: Stripe may name our own too, and
     * its objects are kept under no account.
     */
    private String account(JsonNode json) {
        String context = json.path("context").asString("");
        String last = context.substring(context.lastIndexOf('/') + 1);
        return last.matches("acct_[A-Za-z0-9]{1,100}") && partners.ofAccount(last).isPresent()
                ? last
                : "";
    }

    private static Instant created(JsonNode json, Instant now) {
        try {
            var created = Instant.parse(json.path("created").asString(""));
            return SessionFields.isMoment(created) ? created : now;
        } catch (DateTimeException e) {
            return now;
        }
    }

    /**
     * The object that an event is about: its own, or the one that it names.
     *
     * @throws Unreadable when a thin event names none that we may fetch, or Stripe has it no more
     * @throws StripeUnavailable when Stripe can't be asked now
     */
    JsonNode object(JsonNode json, Source source) {
        if (!isThin(json)) {
            return json.path("data").path("object");
        }
        String url = json.path("related_object").path("url").asString("");
        if (!url.matches("/v1(/[A-Za-z0-9_-]{1,255}){1,8}")) {
            throw new Unreadable(Reason.THIN_EVENT_ELSEWHERE.text());
        }
        var found = calls.get(source, url);
        if (found.isEmpty() && json.path("type").asString("").endsWith(".deleted")) {
            // Gone, as it says; its id is all that there is.
            return json.path("related_object");
        }
        return found.orElseThrow(() -> new Unreadable(Reason.THIN_OBJECT_UNKNOWN.text(url)));
    }
}
