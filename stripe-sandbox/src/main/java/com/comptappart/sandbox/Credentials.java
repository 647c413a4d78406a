package com.comptappart.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The API key of a request: any test key will do, a live key must never come here. */
final class Credentials {

    private Credentials() {}

    static String require(Optional<String> authorization) {
        String key =
                authorization
                        .flatMap(Credentials::key)
                        .orElseThrow(() ->
                                Refusal.unauthenticated(
                                        "You did not provide an API key. You need to provide your API key in the"
                                                + " Authorization header, using Bearer auth (e.g. 'Authorization:"
                                                + " Bearer YOUR_SECRET_KEY')."));
        if (key.contains("_live_")) {
            throw Refusal.unauthenticated(
                    "This is a sandbox on your own machine, not Stripe: never send it a live key."
                            + " Use any key that begins with sk_test_.");
        }
        if (!key.matches("(sk|rk)_test_[A-Za-z0-9_]{8,240}")) {
            throw Refusal.unauthenticated(
                    "Invalid API Key provided. This sandbox takes sk_test_… keys.");
        }
        return key;
    }

    private static Optional<String> key(String authorization) {
        String[] parts = authorization.trim().split("\\s+", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(parts[1]);
            case "basic" -> basicUser(parts[1]);
            default -> Optional.empty();
        };
    }

    private static Optional<String> basicUser(String encoded) {
        try {
            String pair =
                    new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
            return Optional.of(pair.split(":", 2)[0]);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
