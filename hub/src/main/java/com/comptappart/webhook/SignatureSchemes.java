package com.comptappart.webhook;

import com.comptappart.kernel.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The signatures that an endpoint may ask for, as Standard Webhooks names them. */
final class SignatureSchemes {

    static final String SYMMETRIC = "v1";
    static final String ASYMMETRIC = "v1a";
    static final List<String> DEFAULT = List.of(SYMMETRIC);
    private static final List<String> BOTH = List.of(SYMMETRIC, ASYMMETRIC);

    private SignatureSchemes() {}

    /**
     * In the order in which they are sent; null stays null.
     *
     * @throws Refused unless {@code v1} is there, perhaps with {@code v1a}, and nothing else
     */
    static @Nullable List<String> checked(@Nullable List<String> wanted) {
        if (wanted == null) {
            return null;
        }
        if (!wanted.contains(SYMMETRIC) || !BOTH.containsAll(wanted)) {
            throw Refused.invalid(
                    "signature_schemes_invalid",
                    "signature_schemes: [\"v1\"], or [\"v1\", \"v1a\"] for an Ed25519 signature beside it");
        }
        return wanted.contains(ASYMMETRIC) ? BOTH : DEFAULT;
    }

    static boolean hasKeyPair(@Nullable List<String> schemes) {
        return schemes != null && schemes.contains(ASYMMETRIC);
    }
}
