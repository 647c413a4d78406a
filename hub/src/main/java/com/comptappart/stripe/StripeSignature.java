package com.comptappart.stripe;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's signature over the raw bytes: {@code t=…,v1=…[,v1=…]}, HMAC-SHA256 of {@code
 * "{t}.{body}"} in hex.
 *
 * <p>Stricter than Stripe's own library: a timestamp in the future is refused as well. Source:
 * Stripe, "Verify webhook signatures manually".
 */
final class StripeSignature {

    static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int MAX_HEADER = 4_096;
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,12}");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    private final long timestamp;
    private final List<byte[]> signatures;

    private StripeSignature(long timestamp, List<byte[]> signatures) {
        this.timestamp = timestamp;
        this.signatures = signatures;
    }

    /** Reads the header; null where it is missing or is no signature header. */
    static @Nullable StripeSignature parse(@Nullable String header) {
        if (header == null || header.length() > MAX_HEADER) {
            return null;
        }
        long timestamp = -1;
        var signatures = new ArrayList<byte[]>();
        for (String part : header.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                return null;
            }
            String name = part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (name.equals("t")) {
                if (timestamp >= 0 || !TIMESTAMP.matcher(value).matches()) {
                    return null;
                }
                timestamp = Long.parseLong(value);
            }
            if (name.equals("v1") && HEX.matcher(value).matches()) {
                signatures.add(HexFormat.of().parseHex(value));
            }
        }
        return timestamp < 0 || signatures.isEmpty()
                ? null
                : new StripeSignature(timestamp, signatures);
    }

    /** Whether the timestamp is within the tolerance, in the past or in the future. */
    boolean isFresh(Instant now) {
        return Math.abs(now.getEpochSecond() - timestamp) <= TOLERANCE.toSeconds();
    }

    /** Whether one of the signatures was made with that secret; in constant time. */
    boolean isOf(byte[] body, String secret) {
        byte[] expected = hmac(body, secret);
        boolean found = false;
        for (byte[] signature : signatures) {
            found |= MessageDigest.isEqual(expected, signature);
        }
        return found;
    }

    private byte[] hmac(byte[] body, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
