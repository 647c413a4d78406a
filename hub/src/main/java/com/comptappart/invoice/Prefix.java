package com.comptappart.invoice;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The constant beginning that the documents of a look share: colour profile, fonts, logo.
 *
 * @param id names it for ever, by its bytes
 * @param offsets where its objects begin
 * @param fonts entries of a font dictionary
 * @param pictures entry of the logo in a resource dictionary; empty where there is none
 * @param resources the object of the whole resource dictionary
 * @param digest SHA-256 of the bytes, to be cloned and gone on with
 */
record Prefix(
        String id,
        byte[] bytes,
        int[] offsets,
        String fonts,
        String pictures,
        int resources,
        MessageDigest digest) {

    static final int OUTPUT_INTENT = 2;

    static Prefix of(PdfObjects objects, String fonts, String pictures, int resources) {
        byte[] bytes = objects.out().toArray();
        var digest = Hashes.sha256();
        digest.update(bytes);
        String id = "prefix-" + HexFormat.of().formatHex(copy(digest).digest(), 0, 8);
        return new Prefix(id, bytes, objects.offsets(), fonts, pictures, resources, digest);
    }

    /** Of the prefix and what follows it. */
    byte[] sha256(byte[] tail) {
        return copy(digest).digest(tail);
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
