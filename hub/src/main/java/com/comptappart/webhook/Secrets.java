package com.comptappart.webhook;

import com.comptappart.kernel.MasterKey;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
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

    /** Secrets that were replaced and still sign: each adds a signature to every call. */
    static final int MOST_OLD = 5;

    private final JdbcClient jdbc;
    private final MasterKey masterKey;
    private final WebhookProperties properties;
    private final Clock clock;

    Secrets(JdbcClient jdbc, MasterKey masterKey, WebhookProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * In the order in which they sign: the secret, those that it replaces, newest first, the
     * private key.
     */
    List<String> of(ResultSet row) throws SQLException {
        var secrets = new ArrayList<String>();
        secrets.add(masterKey.decrypt(row.getBytes("secret")));
        for (byte[] old : (byte[][]) row.getArray("old_secrets").getArray()) {
            secrets.add(masterKey.decrypt(old));
        }
        byte[] key = row.getBytes("signing_key");
        if (key != null) {
            secrets.add(masterKey.decrypt(key));
        }
        return secrets;
    }

    /** All that signs or signed for that endpoint and is still known, for those who examine. */
    List<SigningSecret> known(Endpoint endpoint) {
        return jdbc.sql(
                        """
                        select secret, old_secrets, old_secrets_until, signing_key
                        from webhook_endpoint
                        where partner_id = :partner and endpoint_id = :endpoint and state <> 'deleted'
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .query((row, number) -> known(row))
                .optional()
                .orElse(List.of());
    }

    private List<SigningSecret> known(ResultSet row) throws SQLException {
        var all = of(row);
        var untils = (Timestamp[]) row.getArray("old_secrets_until").getArray();
        var known = new ArrayList<SigningSecret>();
        known.add(new SigningSecret(all.getFirst(), SigningSecret.Kind.CURRENT, null));
        for (int i = 0; i < untils.length; i++) {
            var until = untils[i].toInstant();
            known.add(
                    new SigningSecret(
                            all.get(1 + i),
                            until.isAfter(clock.instant())
                                    ? SigningSecret.Kind.OLD
                                    : SigningSecret.Kind.ENDED,
                            until));
        }
        if (all.size() > 1 + untils.length) {
            known.add(new SigningSecret(all.getLast(), SigningSecret.Kind.KEY_PAIR, null));
        }
        return known;
    }

    /** How an endpoint is called by hand, beside its queue; empty unless it is enabled. */
    Optional<Target> target(PartnerId partner, String endpointId) {
        return jdbc.sql(
                        """
                        select url, api_key, timeout_seconds, rate_per_second
                        from webhook_endpoint
                        where partner_id = :partner and endpoint_id = :endpoint and state = 'enabled'
                        """)
                .param("partner", partner.value())
                .param("endpoint", endpointId)
                .query((row, number) -> unsigned(row, partner, endpointId))
                .optional()
                .flatMap(this::renewed);
    }

    private Target unsigned(ResultSet row, PartnerId partner, String endpointId)
            throws SQLException {
        byte[] apiKey = row.getBytes("api_key");
        int seconds = row.getInt("timeout_seconds");
        int perSecond = row.getInt("rate_per_second");
        return new Target(
                partner,
                endpointId,
                row.getString("url"),
                List.of(),
                apiKey == null ? null : masterKey.decrypt(apiKey),
                seconds == 0 ? properties.timeout() : Duration.ofSeconds(seconds),
                false,
                false,
                perSecond == 0 ? null : new Pace(perSecond, clock.instant()));
    }

    /** The secret that signs first. */
    Optional<String> newest(Endpoint endpoint) {
        return jdbc.sql(
                        """
                        select secret
                        from webhook_endpoint
                        where partner_id = :partner and endpoint_id = :endpoint and state <> 'deleted'
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .query((row, number) -> masterKey.decrypt(row.getBytes("secret")))
                .optional();
    }

    /**
     * Until when each replaced secret signs, the last replaced first; those that ended are left
     * out.
     */
    List<Instant> oldUntil(Endpoint endpoint) {
        return jdbc.sql(
                        """
                        select old.until
                        from webhook_endpoint e cross join lateral unnest(e.old_secrets_until) with ordinality as old (until, place)
                        where e.partner_id = :partner and e.endpoint_id = :endpoint and e.state <> 'deleted' and old.until > :now
                        order by old.place
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getTimestamp("until").toInstant())
                .list();
    }

    /** That target with the secrets that sign now; empty unless it is enabled. */
    Optional<Target> renewed(Target target) {
        return jdbc.sql(
                        """
                        select secret, array(
                            select old.secret
                            from unnest(old_secrets, old_secrets_until) with ordinality as old (secret, until, place)
                            where old.until > :now
                            order by old.place) as old_secrets,
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

    /**
     * Every secret that was replaced signs until its own date; an end that has come ends them all.
     *
     * @return false where so many sign already that there is no place for one more
     */
    boolean rotate(Endpoint endpoint, String secret, Instant oldUntil) {
        var now = clock.instant();
        return jdbc.sql(
                                """
                                update webhook_endpoint e
                                set secret = :secret, (old_secrets, old_secrets_until) = (
                                    select coalesce(array_agg(old.secret order by old.place), '{}'),
                                        coalesce(array_agg(old.until order by old.place), '{}')
                                    from (
                                        select e.secret as secret, :until::timestamptz as until, 0 as place
                                        union all
                                        select given.secret, given.until, given.place
                                        from unnest(e.old_secrets, e.old_secrets_until) with ordinality
                                            as given (secret, until, place)) old
                                    where old.until > :now and :until > :now)
                                where partner_id = :partner and endpoint_id = :endpoint and state <> 'deleted'
                                    and (:until <= :now or :most > (
                                        select count(*) from unnest(e.old_secrets_until) as given (until) where given.until > :now))
                                """)
                        .param("partner", endpoint.partner().value())
                        .param("endpoint", endpoint.id())
                        .param("secret", masterKey.encrypt(secret))
                        .param("until", oldUntil.atOffset(ZoneOffset.UTC))
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("most", MOST_OLD)
                        .update()
                == 1;
    }

    void revokeOld(Endpoint endpoint) {
        jdbc.sql(
                        """
                        update webhook_endpoint
                        set old_secrets = '{}', old_secrets_until = '{}'
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
