package com.comptappart.webhook;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that may have signed a call.
 *
 * @param until when it ends or ended, null for one that has no end
 */
record SigningSecret(String secret, Kind kind, @Nullable Instant until) {

    /** CURRENT and OLD sign now, ENDED did; KEY_PAIR signs {@code v1a}; PASTED is somebody's. */
    enum Kind {
        CURRENT,
        OLD,
        ENDED,
        KEY_PAIR,
        PASTED
    }

    /** The secret's own bytes; empty where it is none of ours. */
    Optional<byte[]> key() {
        try {
            byte[] key = Base64.getDecoder().decode(undecoded());
            return key.length == 0 ? Optional.empty() : Optional.of(key);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The base64 text behind the prefix. */
    String undecoded() {
        return secret.startsWith(Signer.PREFIX) ? secret.substring(Signer.PREFIX.length()) : secret;
    }

    /** When it ends or ended, as a machine writes it. */
    String end() {
        return until == null ? "" : until.toString();
    }

    /** Without the secret, since it may be logged. */
    @Override
    public String toString() {
        return "SigningSecret[" + kind + "]";
    }
}
