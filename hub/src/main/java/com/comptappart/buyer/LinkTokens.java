package com.comptappart.buyer;

import com.comptappart.kernel.MasterKey;
import com.comptappart.kernel.OrderId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Signed names: of an order, with what they open and until when ({@code {order}.{d|f}.{second, base
 * 36}}), or of a declaration; each followed by HMAC-SHA256, 128 bits, base64url. No personal data
 * is in them.
 */
@Component
class LinkTokens {

    private static final Pattern LINK =
            Pattern.compile("(([0-9]{1,18})\\.([df])\\.([0-9a-z]{1,9}))\\.([A-Za-z0-9_-]{22})");
    private static final Pattern DECLARED =
            Pattern.compile("(dec_[A-Za-z0-9]{24})\\.([A-Za-z0-9_-]{22})");
    private static final int SIGNATURE_BYTES = 16;
    private static final int RADIX = 36;

    private final MasterKey key;

    LinkTokens(MasterKey key) {
        this.key = key;
    }

    /** What a link's token says. */
    record Named(OrderId order, boolean fresh, Instant until) {}

    String of(OrderId order, boolean fresh, Instant until) {
        String named =
                order + (fresh ? ".f." : ".d.") + Long.toString(until.getEpochSecond(), RADIX);
        return named + "." + signature("buyer-link/", named);
    }

    /** Empty where we did not sign it. */
    Optional<Named> read(String token) {
        var link = LINK.matcher(token);
        if (!link.matches() || !isSigned("buyer-link/", link.group(1), link.group(5))) {
            return Optional.empty();
        }
        return Optional.of(
                new Named(
                        new OrderId(Long.parseLong(link.group(2))),
                        link.group(3).equals("f"),
                        Instant.ofEpochSecond(Long.parseLong(link.group(4), RADIX))));
    }

    /**
     * @param purpose what the token opens, so that one never opens the other
     */
    String of(String purpose, String declaration) {
        return declaration + "." + signature(purpose + "/", declaration);
    }

    /** The id of the declaration; empty where we did not sign it for that. */
    Optional<String> read(String purpose, String token) {
        var declared = DECLARED.matcher(token);
        return declared.matches() && isSigned(purpose + "/", declared.group(1), declared.group(2))
                ? Optional.of(declared.group(1))
                : Optional.empty();
    }

    private boolean isSigned(String purpose, String named, String signature) {
        return MessageDigest.isEqual(
                signature(purpose, named).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.US_ASCII));
    }

    private String signature(String purpose, String named) {
        byte[] signature = Arrays.copyOf(key.sign(purpose + named), SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }
}
