package com.comptappart.partner;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Ids;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** API keys: shown once, kept as SHA-256, dead at once when revoked. */
@Repository
public class ApiKeys {

    /** A new key; {@code key} is not kept anywhere. */
    public record Created(
            String id, String key, PartnerId partner, Environment environment, Instant createdAt) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    ApiKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Created create(PartnerId partner, Environment environment) {
        String id = Ids.next("key");
        String key = Ids.next("ca_" + environment.code());
        Instant now = clock.instant();
        store(id, "partner", partner, environment, key, now);
        return new Created(id, key, partner, environment, now);
    }

    /** Makes the configured operator key valid; once, however often it is called. */
    public void admitOperator(String key) {
        store(Ids.next("key"), "operator", null, null, key, clock.instant());
    }

    public boolean anyOperator() {
        return jdbc.sql(
                        "select exists (select 1 from api_key where kind = 'operator' and revoked_at is null)")
                .query(Boolean.class)
                .single();
    }

    /** Who holds the key; empty where it is unknown or revoked. */
    public Optional<Caller> authenticate(String key) {
        var caller =
                jdbc.sql(
                                """
                                select key_id, kind, coalesce(partner_id, '') as partner_id, coalesce(environment, '') as environment
                                from api_key
                                where sha256 = :sha256 and revoked_at is null
                                """)
                        .param("sha256", sha256(key))
                        .query(ApiKeys::caller)
                        .optional();
        caller.ifPresent(this::noteUse);
        return caller;
    }

    /** Whether a session that began with this key may go on. */
    public boolean isLive(String keyId) {
        return jdbc.sql(
                        "select exists (select 1 from api_key where key_id = :id and revoked_at is null)")
                .param("id", keyId)
                .query(Boolean.class)
                .single();
    }

    /**
     * @throws Refused when the caller may not see such a key
     */
    public void revoke(Caller by, String id) {
        var only = by.onlyPartner();
        int changed =
                jdbc.sql(
                                """
                                update api_key set revoked_at = :now
                                where key_id = :id and revoked_at is null
                                    and (:partner::text is null or partner_id = :partner)
                                """)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("id", id)
                        .param("partner", only == null ? null : only.value())
                        .update();
        if (changed == 0) {
            throw Refused.notFound("api_key_not_found", "there is no live API key " + id);
        }
    }

    private void noteUse(Caller caller) {
        String id =
                switch (caller) {
                    case Caller.Operator operator -> operator.keyId();
                    case Caller.PartnerKey key -> key.keyId();
                };
        Instant now = clock.instant();
        jdbc.sql(
                        """
                        update api_key set last_used_at = :now
                        where key_id = :id and (last_used_at is null or last_used_at < :minute_ago)
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("minute_ago", now.minusSeconds(60).atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    private void store(
            String id,
            String kind,
            @Nullable PartnerId partner,
            @Nullable Environment environment,
            String key,
            Instant now) {
        jdbc.sql(
                        """
                        insert into api_key (key_id, kind, partner_id, environment, sha256, created_at)
                        values (:id, :kind, :partner, :environment, :sha256, :now)
                        on conflict (sha256) do nothing
                        """)
                .param("id", id)
                .param("kind", kind)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code())
                .param("sha256", sha256(key))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Caller caller(ResultSet row, int number) throws SQLException {
        String id = row.getString("key_id");
        if ("operator".equals(row.getString("kind"))) {
            return new Caller.Operator(id);
        }
        return new Caller.PartnerKey(
                id,
                new PartnerId(row.getString("partner_id")),
                Environment.of(row.getString("environment")));
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
