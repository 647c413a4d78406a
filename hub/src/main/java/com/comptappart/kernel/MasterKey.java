package com.comptappart.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The hub's 32-byte key: encrypts secrets at rest (AES-256-GCM) and signs download links
 * (HMAC-SHA256).
 */
public final class MasterKey {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec encryption;
    private final SecretKeySpec signature;
    private final SecureRandom random = new SecureRandom();

    /**
     * @throws Misconfigured when the text is not the base64 of 32 bytes
     */
    public MasterKey(String base64) {
        byte[] key = decoded(base64.strip());
        encryption = new SecretKeySpec(derive(key, "encryption"), "AES");
        signature = new SecretKeySpec(derive(key, "signature"), "HmacSHA256");
    }

    private static byte[] decoded(String base64) {
        try {
            byte[] key = Base64.getDecoder().decode(base64);
            if (key.length == KEY_BYTES) {
                return key;
            }
            throw new Misconfigured(
                    "COMPTAPPART_MASTER_KEY must be the base64 of 32 bytes, not of " + key.length);
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(
                    "COMPTAPPART_MASTER_KEY must be the base64 of 32 bytes, and is no base64: make one with"
                            + " openssl rand -base64 32");
        }
    }

    /** Encrypts a secret; the same text gives another cipher text each time. */
    public byte[] encrypt(String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, secret.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    }

    /**
     * @throws IllegalStateException when the bytes were not encrypted with this key
     */
    public String decrypt(byte[] encrypted) {
        byte[] nonce = Arrays.copyOf(encrypted, NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(encrypted, NONCE_BYTES, encrypted.length);
        return new String(cipher(Cipher.DECRYPT_MODE, nonce, sealed), StandardCharsets.UTF_8);
    }

    /** HMAC-SHA256 of the text, 32 bytes. */
    public byte[] sign(String text) {
        return hmac(signature, text);
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] input) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, encryption, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "a stored secret can't be read: was COMPTAPPART_MASTER_KEY changed?", e);
        }
    }

    private static byte[] derive(byte[] key, String purpose) {
        return hmac(new SecretKeySpec(key, "HmacSHA256"), "comptappart/" + purpose);
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
