package com.comptappart.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/**
 * What a phone or a computer does for a passkey (WebAuthn level 3, ES256, no attestation), and the
 * browser around it.
 */
final class Authenticator {

    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int HAS_KEY = 0x40;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String origin;
    private final byte[] id = "a passkey of the tests".getBytes(UTF_8);
    private final KeyPair key;
    private boolean verifiesUser = true;
    private String user = "";

    Authenticator(String origin) {
        this.origin = origin;
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            key = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes anyone who touches it for its owner. */
    Authenticator unlocked() {
        verifiesUser = false;
        return this;
    }

    String create(JsonNode options) {
        user = options.path("user").path("id").asString("");
        byte[] data =
                joined(
                        data(options.path("rp").path("id").asString(""), HAS_KEY),
                        new byte[16],
                        ByteBuffer.allocate(2).putShort((short) id.length).array(),
                        id,
                        publicKey());
        byte[] attestation =
                joined(
                        bytes(0xa3),
                        text("fmt"),
                        text("none"),
                        text("attStmt"),
                        bytes(0xa0),
                        text("authData"),
                        bytes(0x59, data.length >> 8, data.length),
                        data);
        return answer(
                "\"attestationObject\":\""
                        + BASE64.encodeToString(attestation)
                        + "\",\"transports\":[\"internal\"],\"clientDataJSON\":\""
                        + BASE64.encodeToString(client("webauthn.create", options))
                        + "\"");
    }

    String get(JsonNode options) {
        byte[] data = data(options.path("rpId").asString(""), 0);
        byte[] client = client("webauthn.get", options);
        return answer(
                "\"authenticatorData\":\""
                        + BASE64.encodeToString(data)
                        + "\",\"clientDataJSON\":\""
                        + BASE64.encodeToString(client)
                        + "\",\"signature\":\""
                        + BASE64.encodeToString(signed(joined(data, sha256(client))))
                        + "\",\"userHandle\":\""
                        + user
                        + "\"");
    }

    private String answer(String response) {
        String name = BASE64.encodeToString(id);
        return "{\"id\":\""
                + name
                + "\",\"rawId\":\""
                + name
                + "\",\"type\":\"public-key\",\"authenticatorAttachment\":\"platform\",\"clientExtensionResults\":{},\"response\":{"
                + response
                + "}}";
    }

    private byte[] client(String type, JsonNode options) {
        return ("{\"type\":\""
                        + type
                        + "\",\"challenge\":\""
                        + options.path("challenge").asString("")
                        + "\",\"origin\":\""
                        + origin
                        + "\",\"crossOrigin\":false}")
                .getBytes(UTF_8);
    }

    private byte[] data(String site, int more) {
        int flags = USER_PRESENT | (verifiesUser ? USER_VERIFIED : 0) | more;
        return joined(sha256(site.getBytes(UTF_8)), bytes(flags), new byte[4]);
    }

    /** COSE: kty 2, alg -7, crv 1, x, y. */
    private byte[] publicKey() {
        var point = ((ECPublicKey) key.getPublic()).getW();
        return joined(
                bytes(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32),
                coordinate(point.getAffineX()),
                bytes(0x22, 0x58, 32),
                coordinate(point.getAffineY()));
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] shown = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, shown.length);
        System.arraycopy(shown, shown.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private byte[] signed(byte[] content) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] text(String word) {
        return joined(bytes(0x60 + word.length()), word.getBytes(UTF_8));
    }

    private static byte[] bytes(int... values) {
        byte[] made = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            made[i] = (byte) values[i];
        }
        return made;
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
