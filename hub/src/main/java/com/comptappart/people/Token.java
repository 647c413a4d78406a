package com.comptappart.people;

import com.comptappart.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** What a mail carries to let its reader in: kept as SHA-256 only. */
record Token(String text) {

    static Token next(String kind) {
        return new Token(Ids.next(kind));
    }

    byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not the secret, wherever a record of ours is printed. */
    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
