package com.comptappart.webhook;

import com.comptappart.kernel.MasterKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What signs the calls to an endpoint: secrets and private keys, encrypted at rest. */
@Repository
class Secrets {

    private final JdbcClient jdbc;
    private final MasterKey masterKey;
    private final Clock clock;

    Secrets(JdbcClient jdbc, MasterKey masterKey, Clock clock) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** In the order in which they sign: the secret, the one that it replaces, the private key. */
    List<String> of(ResultSet row) throws SQLException {
        var secrets = new ArrayList<String>();
        for (String column : List.of("secret", "old_secret", "signing_key")) {
            byte[] encrypted = row.getBytes(column);
            if (encrypted != null) {
                secrets.add(masterKey.decrypt(encrypted));
            }
        }
        return secrets;
    }

    /** That target with the secrets that sign now; empty unless it is enabled. */
    Optional<Target> renewed(Target target) {
        return jdbc.sql(
                        """
                        select secret, case when old_secret_until > :now then old_secret end as old_secret,
                            case when 'v1a' = any (signature_schemes) then signing_key end as signing_key
                        from webhook_endpoint
                        where partner_id = :partner and endpoint_id = :endpoint and state = 'enabled'
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("partner", target.partner().value())
                .param("endpoint", target.endpointId())
                .query((row, number) -> target.with(of(row)))
                .optional();
    }

    void rotate(Endpoint endpoint, String secret, Instant oldUntil) {
        jdbc.sql(
                        """
                        update webhook_endpoint
                        set old_secret = secret, old_secret_until = :until, secret = :secret
                        where partner_id = :partner and endpoint_id = :endpoint and state <> 'deleted'
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("secret", masterKey.encrypt(secret))
                .param("until", oldUntil.atOffset(ZoneOffset.UTC))
                .update();
    }

    void revokeOld(Endpoint endpoint) {
        jdbc.sql(
                        """
                        update webhook_endpoint
                        set old_secret = null, old_secret_until = null
                        where partner_id = :partner and endpoint_id = :endpoint and state <> 'deleted'
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .update();
    }

    /**
     * Sets what signs; null changes nothing. The first key pair stays, whoever asks for one later:
     * of two that ask at once, the second waits for the row and finds the first's.
     */
    void sign(Endpoint endpoint, @Nullable List<String> schemes) {
        if (schemes == null) {
            return;
        }
        var made = SignatureSchemes.hasKeyPair(schemes) ? SigningKeyPair.make() : null;
        jdbc.sql(
                        """
                        update webhook_endpoint
                        set signature_schemes = :schemes::text[], signing_key = coalesce(signing_key, :key::bytea),
                            public_key = coalesce(public_key, :public::text)
                        where partner_id = :partner and endpoint_id = :endpoint and state <> 'deleted'
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("schemes", schemes.toArray(String[]::new))
                .param("key", made == null ? null : masterKey.encrypt(made.secret()), Types.BINARY)
                .param("public", made == null ? null : made.publicKey(), Types.VARCHAR)
                .update();
    }

    /** Whoever asks: a public key is no secret, and its owner's servers have no API key. */
    Optional<String> publicKey(String endpointId) {
        return jdbc.sql(
                        """
                        select public_key
                        from webhook_endpoint
                        where endpoint_id = :endpoint and state <> 'deleted' and 'v1a' = any (signature_schemes)
                        """)
                .param("endpoint", endpointId)
                .query(String.class)
                .optional();
    }
}
