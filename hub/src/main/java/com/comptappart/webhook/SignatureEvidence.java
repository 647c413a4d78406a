package com.comptappart.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a signed call.
 *
 * @param messages what the hub sent that may have been meant
 * @param receivedAt what the partner's clock said when the call came, null where nobody knows
 */
record SignatureEvidence(
        SignedCall call,
        List<SigningSecret> secrets,
        List<Message> messages,
        Instant now,
        @Nullable Instant receivedAt) {

    /**
     * A notification that the hub sent.
     *
     * @param timestamps of its attempts, seconds
     */
    record Message(String id, byte[] body, List<Long> timestamps) {
        Message {
            timestamps = List.copyOf(timestamps);
        }
    }

    SignatureEvidence {
        secrets = List.copyOf(secrets);
        messages = List.copyOf(messages);
    }

    /** The notification that the call's id names. */
    Optional<Message> named() {
        return messages.stream().filter(each -> each.id().equals(call.id().strip())).findFirst();
    }
}
