package com.comptappart.invoice;

import com.comptappart.kernel.MasterKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The Ed25519 key that signs closings (RFC 8032), made when the first is needed. It is stored
 * encrypted with the master key: who has only the database can't sign.
 */
@Repository
class LedgerKeys {

    private static final String ED25519 = "Ed25519";

    /** A signature and the key that it is of. */
    record Signed(String keyId, byte[] signature) {}

    private record Pair(String keyId, PrivateKey privateKey) {}

    private final JdbcClient jdbc;
    private final MasterKey masterKey;
    private final Clock clock;

    LedgerKeys(JdbcClient jdbc, MasterKey masterKey, Clock clock) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    Signed sign(byte[] message) {
        var pair = pair();
        try {
            var signature = Signature.getInstance(ED25519);
            signature.initSign(pair.privateKey());
            signature.update(message);
            return new Signed(pair.keyId(), signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isGenuine(byte[] message, Signed signed) {
        try {
            var signature = Signature.getInstance(ED25519);
            signature.initVerify(
                    KeyFactory.getInstance(ED25519)
                            .generatePublic(new X509EncodedKeySpec(publicKey(signed.keyId()))));
            signature.update(message);
            return signature.verify(signed.signature());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** X.509 encoding; the key's id is the beginning of its SHA-256. */
    byte[] publicKey(String keyId) {
        return jdbc.sql("select public_key from ledger_key where key_id = :id")
                .param("id", keyId)
                .query((row, number) -> row.getBytes("public_key"))
                .optional()
                .filter(key -> id(key).equals(keyId))
                .orElse(new byte[0]);
    }

    private Pair pair() {
        return newest().orElseGet(() -> {
            create();
            return newest().orElseThrow();
        });
    }

    private java.util.Optional<Pair> newest() {
        return jdbc.sql(
                        "select key_id, private_key from ledger_key order by created_at desc, key_id limit 1")
                .query((row, number) ->
                        new Pair(
                                row.getString("key_id"),
                                privateKey(masterKey.decrypt(row.getBytes("private_key")))))
                .optional();
    }

    private void create() {
        try {
            var pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
            byte[] open = pair.getPublic().getEncoded();
            String secret = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
            jdbc.sql(
                            """
                            insert into ledger_key (key_id, public_key, private_key, created_at)
                            values (:id, :public, :private, :now)
                            """)
                    .param("id", id(open))
                    .param("public", open)
                    .param("private", masterKey.encrypt(secret))
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String id(byte[] publicKey) {
        return HexFormat.of().formatHex(Hashes.sha256(publicKey), 0, 8);
    }

    private static PrivateKey privateKey(String base64) {
        try {
            return KeyFactory.getInstance(ED25519)
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of the closings can't be read", e);
        }
    }
}
