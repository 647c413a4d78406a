package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.MasterKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Signed names of invoices: {@code {number}.{p|s}.{HMAC-SHA256, 128 bits, base64url}}. The same for
 * ever; until when it opens the document is kept beside the invoice.
 */
@Component
class InvoiceTokens {

    private static final Pattern TOKEN =
            Pattern.compile("([A-Z0-9-]{1,35})\\.([ps])\\.([A-Za-z0-9_-]{22})");
    private static final int SIGNATURE_BYTES = 16;

    private final MasterKey key;

    InvoiceTokens(MasterKey key) {
        this.key = key;
    }

    /** What a token names. */
    record Named(Environment environment, String number) {}

    String of(Environment environment, String number) {
        String named = number + "." + (environment.livemode() ? "p" : "s");
        return named + "." + signature(named);
    }

    /** What the token names; empty where we did not sign it. */
    Optional<Named> read(String token) {
        var matcher = TOKEN.matcher(token);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String named = matcher.group(1) + "." + matcher.group(2);
        byte[] expected = signature(named).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(
                expected, matcher.group(3).getBytes(StandardCharsets.US_ASCII))) {
            return Optional.empty();
        }
        return Optional.of(
                new Named(Environment.ofLivemode(matcher.group(2).equals("p")), matcher.group(1)));
    }

    private String signature(String named) {
        byte[] signature = Arrays.copyOf(key.sign("invoice-link/" + named), SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }
}
