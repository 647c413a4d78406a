package com.comptappart.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Verifies {@code v1a} from the outside, with nothing of ours. */
final class PublicKeys {

    /** What stands before the 32 bytes of an Ed25519 key (RFC 8410). */
    private static final String HEADER = "302a300506032b6570032100";

    private PublicKeys() {}

    /** Whether that base64 signature of the bytes is of the owner of the {@code whpk_} key. */
    static boolean verifies(String key, String signature, byte[] signed) {
        byte[] open = Base64.getDecoder().decode(key.substring("whpk_".length()));
        byte[] encoded = HexFormat.of().parseHex(HEADER + HexFormat.of().formatHex(open));
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(signed);
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
