package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event whose signature was right, not read yet.
 *
 * @param account the connected account, empty for our own
 * @param body the bytes that came
 */
record ReceivedEvent(
        String account,
        Environment environment,
        String id,
        String type,
        String apiVersion,
        Instant created,
        byte[] body) {

    private static final int MOST = 512;

    /**
     * Reads the envelope; null where it is no event. A time of creation that can't be is replaced
     * by now; one ahead of our clock is kept, for the order of events depends on it.
     */
    static @Nullable ReceivedEvent of(JsonNode json, byte[] body, Instant now) {
        String id = json.path("id").asString("");
        String type = json.path("type").asString("");
        String account = json.path("account").asString("");
        if (!Clean.isIdentifier(id, MOST)
                || !Clean.isIdentifier(type, MOST)
                || !(account.isEmpty() || Clean.isIdentifier(account, MOST))
                || !json.path("livemode").isBoolean()) {
            return null;
        }
        var created = SessionFields.moment(json.path("created"));
        String version = Clean.line(json.path("api_version").asString(""));
        return new ReceivedEvent(
                account,
                Environment.ofLivemode(json.path("livemode").booleanValue()),
                id,
                type,
                version.substring(0, Math.min(version.length(), 100)),
                created == null ? now : created,
                body);
    }

    /** The same, of that account: lists of a connected account's events don't name it. */
    ReceivedEvent of(String ofAccount) {
        return new ReceivedEvent(ofAccount, environment, id, type, apiVersion, created, body);
    }
}
