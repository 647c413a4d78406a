package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.MasterKey;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Endpoints as rows. */
@Repository
class EndpointRows {

    private final JdbcClient jdbc;
    private final MasterKey masterKey;
    private final WebhookProperties properties;
    private final Clock clock;

    EndpointRows(JdbcClient jdbc, MasterKey masterKey, WebhookProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
        this.properties = properties;
        this.clock = clock;
    }

    void insert(
            PartnerId partner,
            Environment environment,
            String id,
            Endpoints.Wish wish,
            String secret) {
        var types = wish.eventTypes() == null ? EventTypes.DEFAULT : wish.eventTypes();
        jdbc.sql(
                        """
                        insert into webhook_endpoint (
                            partner_id, endpoint_id, environment, url, secret, api_key, event_types, description, timeout_seconds,
                            rate_per_second, state, created_at)
                        values (:partner, :endpoint, :environment, :url, :secret, :api_key, :types::text[], :description,
                            :timeout, nullif(:rate, 0), 'enabled', :now)
                        """)
                .param("partner", partner.value())
                .param("endpoint", id)
                .param("environment", environment.code())
                .param("url", wish.url())
                .param("secret", masterKey.encrypt(secret))
                .param("api_key", encrypted(wish.apiKey()), Types.BINARY)
                .param("types", types.toArray(String[]::new))
                .param("description", wish.description() == null ? "" : wish.description())
                .param("timeout", wish.timeoutSeconds(), Types.INTEGER)
                .param("rate", wish.rateLimitPerSecond(), Types.INTEGER)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    void update(Endpoint endpoint, Endpoints.Wish wish) {
        jdbc.sql(
                        """
                        update webhook_endpoint
                        set url = coalesce(:url, url),
                            api_key = case when :sets_key then :api_key else api_key end,
                            event_types = coalesce(:types::text[], event_types),
                            description = coalesce(:description, description),
                            timeout_seconds = coalesce(:timeout, timeout_seconds),
                            rate_per_second = case when :sets_rate then nullif(:rate, 0) else rate_per_second end
                        where partner_id = :partner and endpoint_id = :endpoint and state <> 'deleted'
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("url", wish.url(), Types.VARCHAR)
                .param("sets_key", wish.apiKey() != null)
                .param("api_key", encrypted(wish.apiKey()), Types.BINARY)
                .param(
                        "types",
                        wish.eventTypes() == null ? null : wish.eventTypes().toArray(String[]::new))
                .param("description", wish.description(), Types.VARCHAR)
                .param("timeout", wish.timeoutSeconds(), Types.INTEGER)
                .param("sets_rate", wish.rateLimitPerSecond() != null)
                .param("rate", wish.rateLimitPerSecond(), Types.INTEGER)
                .update();
    }

    void enable(Endpoint endpoint) {
        jdbc.sql(
                        """
                        update webhook_endpoint
                        set state = 'enabled', disabled_reason = '', failing_since = null, failures = 0, openings = 0,
                            open_until = null, asked_until = null
                        where partner_id = :partner and endpoint_id = :endpoint and state <> 'deleted'
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .update();
    }

    /** Whether it was enabled. */
    boolean pause(Endpoint endpoint) {
        return jdbc.sql(
                                """
                                update webhook_endpoint
                                set state = 'paused'
                                where partner_id = :partner and endpoint_id = :endpoint and state = 'enabled'
                                """)
                        .param("partner", endpoint.partner().value())
                        .param("endpoint", endpoint.id())
                        .update()
                > 0;
    }

    void delete(Endpoint endpoint) {
        jdbc.sql(
                        """
                        update webhook_endpoint
                        set state = 'deleted', disabled_reason = 'deleted'
                        where partner_id = :partner and endpoint_id = :endpoint
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .update();
    }

    int count(PartnerId partner, Environment environment) {
        return jdbc.sql(
                        """
                        select count(*)
                        from webhook_endpoint
                        where partner_id = :partner and environment = :environment and state <> 'deleted'
                        """)
                .param("partner", partner.value())
                .param("environment", environment.code())
                .query(Integer.class)
                .single();
    }

    Page<Endpoint> list(
            @Nullable PartnerId partner, @Nullable Environment environment, PageRequest page) {
        var found =
                jdbc.sql(
                                """
                                select position, partner_id, endpoint_id, environment, url, api_key is not null as has_api_key,
                                    event_types, description, timeout_seconds, state, disabled_reason, (
                                    select max(until) from unnest(old_secrets_until) as until) as old_secret_until, signature_schemes,
                                    public_key, rate_per_second, open_until, asked_until, created_at
                                from webhook_endpoint
                                where (:partner::text is null or partner_id = :partner)
                                    and (:environment::text is null or environment = :environment)
                                    and state <> 'deleted' and position > :after
                                order by position
                                limit :limit
                                """)
                        .param("partner", partner == null ? null : partner.value())
                        .param("environment", environment == null ? null : environment.code())
                        .param("after", Cursor.position(page, 0))
                        .param("limit", page.limit() + 1)
                        .query((row, number) ->
                                new Cursor.At<>(endpoint(row), row.getLong("position")))
                        .list();
        return Cursor.page(found, page);
    }

    Optional<Endpoint> find(
            @Nullable PartnerId partner, @Nullable Environment environment, String id) {
        return jdbc.sql(
                        """
                        select partner_id, endpoint_id, environment, url, api_key is not null as has_api_key,
                            event_types, description, timeout_seconds, state, disabled_reason, (
                                    select max(until) from unnest(old_secrets_until) as until) as old_secret_until, signature_schemes,
                            public_key, rate_per_second, open_until, asked_until, created_at
                        from webhook_endpoint
                        where (:partner::text is null or partner_id = :partner)
                            and (:environment::text is null or environment = :environment)
                            and endpoint_id = :endpoint and state <> 'deleted'
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code())
                .param("endpoint", id)
                .query((row, number) -> endpoint(row))
                .optional();
    }

    private byte @Nullable [] encrypted(@Nullable String key) {
        return key == null || key.isEmpty() ? null : masterKey.encrypt(key);
    }

    private Endpoint endpoint(ResultSet row) throws SQLException {
        var now = clock.instant();
        var openUntil = at(row, "open_until");
        int seconds = row.getInt("timeout_seconds");
        int rate = row.getInt("rate_per_second");
        var schemes = texts(row.getArray("signature_schemes"));
        return new Endpoint(
                row.getString("endpoint_id"),
                new PartnerId(row.getString("partner_id")),
                Environment.of(row.getString("environment")),
                row.getString("url"),
                row.getBoolean("has_api_key"),
                texts(row.getArray("event_types")),
                row.getString("description"),
                seconds == 0 ? (int) Math.max(1, properties.timeout().toSeconds()) : seconds,
                Endpoint.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("disabled_reason"),
                ahead(at(row, "old_secret_until"), now),
                schemes,
                SignatureSchemes.hasKeyPair(schemes) ? row.getString("public_key") : null,
                rate == 0 ? null : rate,
                Endpoint.Circuit.of(openUntil, now),
                openUntil,
                ahead(at(row, "asked_until"), now),
                row.getTimestamp("created_at").toInstant());
    }

    private static @Nullable Instant at(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable Instant ahead(@Nullable Instant at, Instant now) {
        return at != null && at.isAfter(now) ? at : null;
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
