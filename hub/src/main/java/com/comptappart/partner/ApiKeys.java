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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** API keys: shown once, kept as SHA-256, dead at once when revoked. */
@Repository
public class ApiKeys {

    private static final int LONGEST_DESCRIPTION = 200;

    /** What a key is to be for. */
    public record Wanted(
            PartnerId partner, Environment environment, KeyScopes scopes, String description) {

        /**
         * @throws Refused when the description is too long
         */
        public Wanted {
            if (description.length() > LONGEST_DESCRIPTION) {
                throw Refused.invalid(
                        "description_invalid",
                        "description: at most " + LONGEST_DESCRIPTION + " characters of text");
            }
        }
    }

    /** A new key; {@code key} is not kept anywhere. */
    public record Created(String id, String key, Wanted as, Instant createdAt) {}

    /** A key as it is shown: never the key itself. */
    public record Kept(
            String id,
            Wanted as,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {}

    /** Whose key was revoked; nulls for an operator's. */
    public record Revoked(@Nullable PartnerId partner, @Nullable Environment environment) {}

    private record Holder(Caller caller, boolean useToNote) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    ApiKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @throws Refused when the key would do more than the one that makes it
     */
    public Created create(Caller by, Wanted wanted) {
        if (!by.scopes().allowAllOf(wanted.scopes())) {
            throw exceeded(by, "can't make a key with " + wanted.scopes());
        }
        String id = Ids.next("key");
        String key = Ids.next("ca_" + wanted.environment().code());
        Instant now = clock.instant();
        store(id, wanted, key, now);
        return new Created(id, key, wanted, now);
    }

    /** Oldest first, revoked ones too; the environment null stands for both. */
    public Page<Kept> list(PartnerId partner, @Nullable Environment environment, PageRequest page) {
        var found =
                jdbc.sql(
                                """
                                select key_id, partner_id, environment, scopes, description, created_at, last_used_at, revoked_at
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

    /** One of them, revoked or not. */
    public Optional<Kept> find(PartnerId partner, Environment environment, String id) {
        return jdbc.sql(
                        """
                        select key_id, partner_id, environment, scopes, description, created_at, last_used_at, revoked_at
                        from api_key
                        where partner_id = :partner and environment = :environment and key_id = :id
                        """)
                .param("partner", partner.value())
                .param("environment", environment.code())
                .param("id", id)
                .query(ApiKeys::kept)
                .optional();
    }

    /**
     * Makes the configured operator key valid; once, however often it is called. A revoked one
     * stays revoked.
     */
    public void admitOperator(String key) {
        store(Ids.next("key"), null, key, clock.instant());
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
                                select key_id, kind, coalesce(partner_id, '') as partner_id, coalesce(environment, '') as environment, scopes,
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
     * @throws Refused when the caller may not see such a key, or it does more than the caller's
     */
    public Revoked revoke(Caller by, String id) {
        return bound(
                        by,
                        id,
                        """
                        update api_key set revoked_at = :now
                        where key_id = :id and revoked_at is null
                            and (:partner::text is null or partner_id = :partner)
                            and (:environment::text is null or environment = :environment)
                            and (:may::text[] is null or scopes <@ :may::text[])
                        returning coalesce(partner_id, '') as partner_id, coalesce(environment, '') as environment
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("may", texts(by.scopes().codesWithIncluded()))
                .query(ApiKeys::revoked)
                .optional()
                .orElseThrow(() ->
                        isThere(by, id)
                                ? exceeded(by, "can't revoke " + id + ", which may do more")
                                : Refused.notFound(
                                        "api_key_not_found", "there is no live API key " + id));
    }

    private static Revoked revoked(ResultSet row, int number) throws SQLException {
        String partner = row.getString("partner_id");
        String environment = row.getString("environment");
        return new Revoked(
                partner.isEmpty() ? null : new PartnerId(partner),
                environment.isEmpty() ? null : Environment.of(environment));
    }

    private boolean isThere(Caller by, String id) {
        return bound(
                        by,
                        id,
                        """
                        select exists (
                            select 1 from api_key
                            where key_id = :id and revoked_at is null
                                and (:partner::text is null or partner_id = :partner)
                                and (:environment::text is null or environment = :environment))
                        """)
                .query(Boolean.class)
                .single();
    }

    private JdbcClient.StatementSpec bound(Caller by, String id, String sql) {
        var partner = by.onlyPartner();
        var environment = by.onlyEnvironment();
        return jdbc.sql(sql)
                .param("id", id)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code());
    }

    private static Refused exceeded(Caller by, String what) {
        return Refused.forbidden(
                "scopes_exceeded",
                "this key has only " + by.scopes() + " and " + what + "; use a key that has them");
    }

    private void noteUse(Caller caller, Instant now) {
        jdbc.sql("update api_key set last_used_at = :now where key_id = :id")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("id", caller.keyId())
                .update();
    }

    /**
     * @param of null of an operator
     */
    private void store(String id, @Nullable Wanted of, String key, Instant now) {
        jdbc.sql(
                        """
                        insert into api_key (key_id, kind, partner_id, environment, scopes, description, sha256, created_at)
                        values (:id, :kind, :partner, :environment, :scopes::text[], :description, :sha256, :now)
                        on conflict (sha256) do nothing
                        """)
                .param("id", id)
                .param("kind", of == null ? "operator" : "partner")
                .param("partner", of == null ? null : of.partner().value())
                .param("environment", of == null ? null : of.environment().code())
                .param("scopes", of == null ? null : texts(of.scopes().codes()))
                .param("description", of == null ? "" : of.description())
                .param("sha256", sha256(key))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static String @Nullable [] texts(@Nullable List<String> codes) {
        return codes == null ? null : codes.toArray(String[]::new);
    }

    private static Kept kept(ResultSet row, int number) throws SQLException {
        return new Kept(
                row.getString("key_id"),
                new Wanted(
                        new PartnerId(row.getString("partner_id")),
                        Environment.of(row.getString("environment")),
                        scopes(row),
                        row.getString("description")),
                row.getTimestamp("created_at").toInstant(),
                instantOrNull(row, "last_used_at"),
                instantOrNull(row, "revoked_at"));
    }

    private static KeyScopes scopes(ResultSet row) throws SQLException {
        var array = row.getArray("scopes");
        return array == null ? KeyScopes.ALL : KeyScopes.of(List.of((String[]) array.getArray()));
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
                Environment.of(row.getString("environment")),
                scopes(row));
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
