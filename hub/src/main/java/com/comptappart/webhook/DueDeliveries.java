package com.comptappart.webhook;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.MasterKey;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.queue.Leases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Notifications that are due, claimed as lanes: fair over endpoints, limited per endpoint. */
@Repository
class DueDeliveries implements Leases {

    /** Calls in flight that an endpoint has at most, over all nodes. */
    static final int LANES_PER_ENDPOINT = 8;

    /** The same, while its last call failed: enough to find out that it is back. */
    static final int LANES_WHILE_FAILING = 2;

    /** Notifications of one lane, which are sent one after the other. */
    static final int LANE_LENGTH = 16;

    /** Longer than a lane ever takes; see {@link LaneRunner}. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private final JdbcClient jdbc;
    private final MasterKey masterKey;
    private final Secrets secrets;
    private final WebhookProperties properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DueDeliveries(
            JdbcClient jdbc,
            MasterKey masterKey,
            Secrets secrets,
            WebhookProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
        this.secrets = secrets;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void releaseAll() {
        jdbc.sql(
                        "update webhook_notification set lease = null, due_at = :now where lease is not null")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Takes due notifications under a lease; a dead worker's come back when it ends. Publishes
     * {@link DeliveriesStart} in the same transaction.
     *
     * @param lanes how many at most
     */
    @Transactional
    public List<Lane> claim(int lanes) {
        Instant now = clock.instant();
        var targets = lockTargets(lanes, now);
        if (targets.isEmpty()) {
            return List.of();
        }
        var claimed = claim(targets, Math.max(1, lanes / targets.size()), now);
        var orders = new ArrayList<DeliveriesStart.Told>();
        for (Lane lane : claimed) {
            for (Delivery each : lane.deliveries()) {
                if (each.order() != null) {
                    orders.add(new DeliveriesStart.Told(each.partner(), each.order()));
                }
            }
        }
        if (!orders.isEmpty()) {
            events.publishEvent(new DeliveriesStart(orders));
        }
        return claimed;
    }

    /**
     * Endpoints with something due. Their rows are locked so that two claimers never count the
     * leases of one endpoint at the same time; the one that comes second skips it. The recursion
     * hops from endpoint to endpoint over the index, whatever the number of notifications.
     */
    private List<Target> lockTargets(int limit, Instant now) {
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
                            case when e.old_secret_until > :now then e.old_secret end as old_secret,
                            case when 'v1a' = any (e.signature_schemes) then e.signing_key end as signing_key,
                            e.failing_since is not null as failing
                        from waiting join webhook_endpoint e
                            on e.partner_id = waiting.partner_id and e.endpoint_id = waiting.endpoint_id
                        where e.state = 'enabled' and exists (
                            select 1
                            from webhook_notification n
                            where n.partner_id = e.partner_id and n.endpoint_id = e.endpoint_id
                                and n.state = 'pending' and n.due_at <= :now)
                        order by random()
                        limit :limit
                        for no key update of e skip locked
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query(this::target)
                .list();
    }

    private List<Lane> claim(List<Target> targets, int lanesEach, Instant now) {
        Map<String, Target> byId = new LinkedHashMap<>();
        targets.forEach(target -> byId.put(target.endpointId(), target));
        Map<UUID, List<Delivery>> byLease = new LinkedHashMap<>();
        Map<UUID, Target> targetOf = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        with room as materialized (
                            select given.partner_id, given.endpoint_id, given.depth,
                                least(given.most, given.lanes - (
                                    select count(distinct f.lease)
                                    from webhook_notification f
                                    where f.partner_id = given.partner_id and f.endpoint_id = given.endpoint_id
                                        and f.lease is not null and f.due_at > :now)) as lanes
                            from unnest(:partners::text[], :endpoints::text[], :lanes::bigint[], :depths::bigint[], :most::bigint[])
                                as given (partner_id, endpoint_id, lanes, depth, most)),
                        due as (
                            select room.endpoint_id, found.partner_id, found.notification_id,
                                (row_number() over (
                                    partition by room.partner_id, room.endpoint_id
                                    order by found.due_at, found.position)) % room.lanes as lane
                            from room cross join lateral (
                                select n.partner_id, n.notification_id, n.due_at, n.position
                                from webhook_notification n
                                where n.partner_id = room.partner_id and n.endpoint_id = room.endpoint_id
                                    and n.state = 'pending' and n.due_at <= :now
                                    and n.position = case
                                        when n.order_id is not null then (
                                            select former.position
                                            from webhook_notification former
                                            where former.partner_id = n.partner_id and former.endpoint_id = n.endpoint_id
                                                and former.order_id = n.order_id and former.order_id is not null
                                                and former.ended_at is null
                                            order by former.position
                                            limit 1)
                                        when n.subject <> '' then (
                                            select former.position
                                            from webhook_notification former
                                            where former.partner_id = n.partner_id and former.endpoint_id = n.endpoint_id
                                                and former.order_id is null and former.subject = n.subject
                                                and former.subject <> '' and former.ended_at is null
                                            order by former.position
                                            limit 1)
                                        else n.position
                                    end
                                order by n.due_at, n.position
                                limit greatest(room.lanes, 0) * room.depth
                                for update skip locked) found
                            where room.lanes > 0),
                        claimed as (
                        update webhook_notification n
                        set lease = md5(:claim || due.endpoint_id || due.lane)::uuid, due_at = :until
                        from due
                        where n.partner_id = due.partner_id and n.notification_id = due.notification_id
                        returning n.partner_id, n.notification_id, n.endpoint_id, n.order_id, n.body, n.attempts, n.step, n.lease,
                            n.position)
                        select partner_id, notification_id, endpoint_id, order_id, body, attempts, step, lease
                        from claimed
                        order by position
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", now.plus(LEASE).atOffset(ZoneOffset.UTC))
                .param("claim", UUID.randomUUID().toString())
                .param("partners", Columns.texts(targets, target -> target.partner().value()))
                .param("endpoints", Columns.texts(targets, Target::endpointId))
                .param("lanes", numbers(targets, DueDeliveries::lanes))
                .param("depths", numbers(targets, DueDeliveries::depth))
                .param("most", numbers(targets, target -> (long) lanesEach))
                .query((row, number) -> {
                    var delivery = delivery(row);
                    byLease.computeIfAbsent(delivery.lease(), lease -> new ArrayList<>())
                            .add(delivery);
                    var target = byId.get(row.getString("endpoint_id"));
                    if (target != null) {
                        targetOf.put(delivery.lease(), target);
                    }
                    return delivery.lease();
                })
                .list();
        return targetOf.entrySet().stream()
                .map(each ->
                        new Lane(each.getValue(), byLease.getOrDefault(each.getKey(), List.of())))
                .toList();
    }

    private static long lanes(Target target) {
        return target.failing() ? LANES_WHILE_FAILING : LANES_PER_ENDPOINT;
    }

    /** A failing endpoint gets one call per lane: nothing waits behind a call that may hang. */
    private static long depth(Target target) {
        return target.failing() ? 1 : LANE_LENGTH;
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
                row.getBoolean("failing"));
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                new PartnerId(row.getString("partner_id")),
                row.getString("notification_id"),
                order(row),
                row.getString("body"),
                row.getInt("attempts"),
                row.getInt("step"),
                row.getObject("lease", UUID.class));
    }

    private static @Nullable OrderId order(ResultSet row) throws SQLException {
        long order = row.getLong("order_id");
        return row.wasNull() ? null : new OrderId(order);
    }

    private static Long[] numbers(List<Target> targets, Function<Target, Long> value) {
        return Columns.longs(targets, value);
    }
}
