package com.comptappart.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes secrets and signatures of the Standard Webhooks specification: {@code v1} with a secret
 * that both sides know, {@code v1a} with a private key.
 */
final class Signer {

    static final String PREFIX = "whsec_";
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Signer() {}

    static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return PREFIX + Base64.getEncoder().encodeToString(secret);
    }

    /** The {@code webhook-signature} header: one signature per secret, space separated. */
    static String sign(List<String> secrets, String id, Instant at, byte[] body) {
        byte[] head = (id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
        return secrets.stream()
                .map(secret -> sign(secret, head, body))
                .collect(Collectors.joining(" "));
    }

    /** The secret's prefix names the scheme, as the specification has it. */
    private static String sign(String secret, byte[] head, byte[] body) {
        if (secret.startsWith(SigningKeyPair.SECRET_PREFIX)) {
            return "v1a," + base64(SigningKeyPair.sign(secret, head, body));
        }
        byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(head);
            return "v1," + base64(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] signature) {
        return Base64.getEncoder().encodeToString(signature);
    }
}
