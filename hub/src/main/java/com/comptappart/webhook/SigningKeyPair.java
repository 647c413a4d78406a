package com.comptappart.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key pair as the Standard Webhooks specification writes it.
 *
 * @param secret {@code whsk_} and the base64 of the seed followed by the public key, 64 bytes
 * @param publicKey {@code whpk_} and the base64 of 32 bytes
 */
record SigningKeyPair(String secret, String publicKey) {

    static final String SECRET_PREFIX = "whsk_";
    private static final String PUBLIC_PREFIX = "whpk_";
    private static final String ALGORITHM = "Ed25519";
    private static final int KEY_BYTES = 32;

    static SigningKeyPair make() {
        try {
            var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            // RFC 8410: a fixed header, then the key.
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] open = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
            byte[] both = Arrays.copyOf(seed, 2 * KEY_BYTES);
            System.arraycopy(open, 0, both, KEY_BYTES, KEY_BYTES);
            var base64 = Base64.getEncoder();
            return new SigningKeyPair(
                    SECRET_PREFIX + base64.encodeToString(both),
                    PUBLIC_PREFIX + base64.encodeToString(open));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The 64 bytes that the secret signs the parts with, one after the other. */
    static byte[] sign(String secret, byte[]... parts) {
        byte[] both = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
        var seed =
                new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(both, KEY_BYTES));
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(KeyFactory.getInstance(ALGORITHM).generatePrivate(seed));
            for (byte[] part : parts) {
                signature.update(part);
            }
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without the secret, since it may be logged. */
    @Override
    public String toString() {
        return publicKey;
    }
}
