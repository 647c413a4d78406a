package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.webhook.SignatureDebugger;
import com.comptappart.webhook.SignedCall;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The form of the signature debugger, as it was sent.
 *
 * @param point an endpoint's id, empty for that of the notification
 * @param encodage {@code base64} where the body was pasted so, else it is text
 * @param recu when the call came by the receiver's clock: seconds, or as ISO 8601 has it
 */
record SignatureAsked(
        @Nullable String point,
        @Nullable String secret,
        @Nullable String id,
        @Nullable String horodatage,
        @Nullable String signature,
        @Nullable String corps,
        @Nullable String encodage,
        @Nullable String recu) {

    static SignatureAsked empty() {
        return new SignatureAsked(null, null, null, null, null, null, null, null);
    }

    /**
     * @throws Refused when the body is no base64, or the time none
     */
    SignatureDebugger.Asked asked() {
        var call = new SignedCall(text(id), text(horodatage), text(signature), body());
        return new SignatureDebugger.Asked(call, point, secret, receivedAt());
    }

    private byte[] body() {
        if ("base64".equals(encodage)) {
            try {
                return Base64.getMimeDecoder().decode(text(corps));
            } catch (IllegalArgumentException e) {
                throw Refused.invalid("body_invalid", "corps: not base64");
            }
        }
        // A browser sends every line end of a form as CRLF, whatever was pasted.
        return text(corps).replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable Instant receivedAt() {
        String given = text(recu).strip();
        if (given.isEmpty()) {
            return null;
        }
        try {
            return given.matches("[0-9]{1,11}")
                    ? Instant.ofEpochSecond(Long.parseLong(given))
                    : Instant.parse(given);
        } catch (DateTimeException e) {
            throw Refused.invalid(
                    "received_at_invalid", "recu: seconds, or a time such as 2026-11-23T14:32:18Z");
        }
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    /** Without secret and body, since it may be logged. */
    @Override
    public String toString() {
        return "SignatureAsked[" + id + "]";
    }
}
