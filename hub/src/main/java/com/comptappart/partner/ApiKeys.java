package com.comptappart.partner;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Ids;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
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

    /** A key as it is shown: never the key itself. */
    public record Kept(
            String id,
            PartnerId partner,
            Environment environment,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {}

    private record Holder(Caller caller, boolean useToNote) {}

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

    /** Oldest first, revoked ones too; the environment null stands for both. */
    public Page<Kept> list(PartnerId partner, @Nullable Environment environment, PageRequest page) {
        var found =
                jdbc.sql(
                                """
                                select key_id, partner_id, environment, created_at, last_used_at, revoked_at
                                from api_key
                                where partner_id = :partner
                                    and (:environment::text is null or environment = :environment)
                                    and (:after::text is null or (created_at, key_id) > (
                                        select created_at, key_id from api_key
                                        where partner_id = :partner and key_id = :after))
                                order by created_at, key_id
                                limit :limit
                                """)
                        .param("partner", partner.value())
                        .param("environment", environment == null ? null : environment.code())
                        .param("after", page.after())
                        .param("limit", page.limit() + 1)
                        .query(ApiKeys::kept)
                        .list();
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        var shown = found.subList(0, page.limit());
        return new Page<>(shown, shown.getLast().id());
    }

    /**
     * Makes the configured operator key valid; once, however often it is called. A revoked one
     * stays revoked.
     */
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
        Instant now = clock.instant();
        var holder =
                jdbc.sql(
                                """
                                select key_id, kind, coalesce(partner_id, '') as partner_id, coalesce(environment, '') as environment,
                                    last_used_at is null or last_used_at < :minute_ago as use_to_note
                                from api_key
                                where sha256 = :sha256 and revoked_at is null
                                """)
                        .param("sha256", sha256(key))
                        .param("minute_ago", now.minusSeconds(60).atOffset(ZoneOffset.UTC))
                        .query((row, number) ->
                                new Holder(caller(row), row.getBoolean("use_to_note")))
                        .optional();
        holder.filter(Holder::useToNote).ifPresent(each -> noteUse(each.caller(), now));
        return holder.map(Holder::caller);
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
        var environment = by.onlyEnvironment();
        int changed =
                jdbc.sql(
                                """
                                update api_key set revoked_at = :now
                                where key_id = :id and revoked_at is null
                                    and (:partner::text is null or partner_id = :partner)
                                    and (:environment::text is null or environment = :environment)
                                """)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("id", id)
                        .param("partner", only == null ? null : only.value())
                        .param("environment", environment == null ? null : environment.code())
                        .update();
        if (changed == 0) {
            throw Refused.notFound("api_key_not_found", "there is no live API key " + id);
        }
    }

    private void noteUse(Caller caller, Instant now) {
        jdbc.sql("update api_key set last_used_at = :now where key_id = :id")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("id", caller.keyId())
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

    private static Kept kept(ResultSet row, int number) throws SQLException {
        return new Kept(
                row.getString("key_id"),
                new PartnerId(row.getString("partner_id")),
                Environment.of(row.getString("environment")),
                row.getTimestamp("created_at").toInstant(),
                instantOrNull(row, "last_used_at"),
                instantOrNull(row, "revoked_at"));
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column)
            throws SQLException {
        Timestamp found = row.getTimestamp(column);
        return found == null ? null : found.toInstant();
    }

    private static Caller caller(ResultSet row) throws SQLException {
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
