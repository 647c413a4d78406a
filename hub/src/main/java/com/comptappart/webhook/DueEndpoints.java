package com.comptappart.webhook;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.MasterKey;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Endpoints that something is due to, picked by lot. */
@Repository
class DueEndpoints {

    private final JdbcClient jdbc;
    private final MasterKey masterKey;
    private final Secrets secrets;
    private final WebhookProperties properties;

    DueEndpoints(
            JdbcClient jdbc, MasterKey masterKey, Secrets secrets, WebhookProperties properties) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
        this.secrets = secrets;
        this.properties = properties;
    }

    /**
     * Endpoints with something due. Their rows are locked so that two claimers never count the
     * leases of one endpoint at the same time; the one that comes second skips it. The recursion
     * hops from endpoint to endpoint over the index, whatever the number of notifications.
     * Endpoints that are left alone are passed over.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Target> lock(int limit, Instant now) {
        return jdbc.sql(
                        """
                        with recursive waiting as (
                            (select partner_id, endpoint_id
                             from webhook_notification
                             where state = 'pending'
                             order by partner_id, endpoint_id
                             limit 1)
                            union all
                            select following.partner_id, following.endpoint_id
                            from waiting cross join lateral (
                                select n.partner_id, n.endpoint_id
                                from webhook_notification n
                                where n.state = 'pending'
                                    and (n.partner_id, n.endpoint_id) > (waiting.partner_id, waiting.endpoint_id)
                                order by n.partner_id, n.endpoint_id
                                limit 1) following)
                        select e.partner_id, e.endpoint_id, e.url, e.secret, e.api_key, e.timeout_seconds,
                            array(
                                select old.secret
                                from unnest(e.old_secrets, e.old_secrets_until) with ordinality as old (secret, until, place)
                                where old.until > :now
                                order by old.place) as old_secrets,
                            case when 'v1a' = any (e.signature_schemes) then e.signing_key end as signing_key,
                            e.failing_since is not null as failing, e.open_until is not null as half_open, e.rate_per_second,
                            coalesce(e.next_slot_at, :now) as next_slot_at
                        from waiting join webhook_endpoint e
                            on e.partner_id = waiting.partner_id and e.endpoint_id = waiting.endpoint_id
                        where e.state = 'enabled' and greatest(e.open_until, e.asked_until, :now::timestamptz) = :now
                            and (e.rate_per_second is null or e.next_slot_at is null or e.next_slot_at < :ahead) and exists (
                            select 1
                            from (values (false), (true)) as kind (backlog) join webhook_notification n
                                on n.partner_id = e.partner_id and n.endpoint_id = e.endpoint_id and n.backlog = kind.backlog
                            where n.state = 'pending' and n.due_at <= :now)
                        order by random()
                        limit :limit
                        for no key update of e skip locked
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("ahead", now.plus(Pace.AHEAD).atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query(this::target)
                .list();
    }

    private Target target(ResultSet row, int number) throws SQLException {
        byte[] apiKey = row.getBytes("api_key");
        int seconds = row.getInt("timeout_seconds");
        return new Target(
                new PartnerId(row.getString("partner_id")),
                row.getString("endpoint_id"),
                row.getString("url"),
                secrets.of(row),
                apiKey == null ? null : masterKey.decrypt(apiKey),
                seconds == 0 ? properties.timeout() : Duration.ofSeconds(seconds),
                row.getBoolean("failing"),
                row.getBoolean("half_open"),
                pace(row));
    }

    private static @Nullable Pace pace(ResultSet row) throws SQLException {
        int perSecond = row.getInt("rate_per_second");
        return perSecond == 0
                ? null
                : new Pace(perSecond, row.getTimestamp("next_slot_at").toInstant());
    }

    /** Within the transaction that locked them. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void take(Map<Target, Instant> nextPlaces) {
        var targets = nextPlaces.keySet();
        jdbc.sql(
                        """
                        update webhook_endpoint e
                        set next_slot_at = given.next_slot_at
                        from unnest(:partners::text[], :endpoints::text[], :places::timestamptz[])
                            as given (partner_id, endpoint_id, next_slot_at)
                        where e.partner_id = given.partner_id and e.endpoint_id = given.endpoint_id
                        """)
                .param("partners", Columns.texts(targets, target -> target.partner().value()))
                .param("endpoints", Columns.texts(targets, Target::endpointId))
                .param("places", Columns.texts(nextPlaces.values(), Instant::toString))
                .update();
    }
}
