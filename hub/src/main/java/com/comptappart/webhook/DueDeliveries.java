package com.comptappart.webhook;

import com.comptappart.kernel.Columns;
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
    private final DueEndpoints endpoints;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DueDeliveries(
            JdbcClient jdbc,
            DueEndpoints endpoints,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.endpoints = endpoints;
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
        var targets = endpoints.lock(lanes, now);
        if (targets.isEmpty()) {
            return List.of();
        }
        var claimed = placed(claim(targets, Math.max(1, lanes / targets.size()), now), now);
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
     * What is new goes first. What was tried before always has a lane, and never the last two: a
     * backlog delays a new order by one call at most, and new orders never starve the backlog.
     */
    private List<Lane> claim(List<Target> targets, int lanesEach, Instant now) {
        Map<String, Target> byId = new LinkedHashMap<>();
        targets.forEach(target -> byId.put(target.endpointId(), target));
        Map<UUID, List<Delivery>> byLease = new LinkedHashMap<>();
        Map<UUID, Target> targetOf = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        with room as materialized (
                            select given.partner_id, given.endpoint_id, given.depth, given.lanes, busy.backlog as busy_backlog,
                                least(given.most, given.lanes - busy.fresh - busy.backlog) as free
                            from unnest(:partners::text[], :endpoints::text[], :lanes::bigint[], :depths::bigint[], :most::bigint[])
                                as given (partner_id, endpoint_id, lanes, depth, most)
                            cross join lateral (
                                select count(distinct f.lease) filter (where not f.backlog) as fresh,
                                    count(distinct f.lease) filter (where f.backlog) as backlog
                                from webhook_notification f
                                where f.partner_id = given.partner_id and f.endpoint_id = given.endpoint_id
                                    and f.lease is not null and f.due_at > :now) busy),
                        due as (
                            select room.partner_id, room.endpoint_id, kind.backlog, found.notification_id,
                                row_number() over (
                                    partition by room.partner_id, room.endpoint_id, kind.backlog
                                    order by found.due_at, found.position) - 1 as place
                            from room cross join (values (false), (true)) as kind (backlog) cross join lateral (
                                select n.notification_id, n.due_at, n.position
                                from webhook_notification n
                                where n.partner_id = room.partner_id and n.endpoint_id = room.endpoint_id
                                    and n.state = 'pending' and n.backlog = kind.backlog and n.due_at <= :now
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
                                limit greatest(room.free, 0) * room.depth
                                for update skip locked) found
                            where room.free > 0),
                        counted as (
                            select room.partner_id, room.endpoint_id, room.depth, room.free,
                                case when room.lanes > 2 then room.lanes - 2 else room.lanes end - room.busy_backlog as room_for_backlog,
                                least(count(*) filter (where not due.backlog), room.free - (
                                    room.busy_backlog = 0 and bool_or(due.backlog))::integer) as fresh
                            from room join due on due.partner_id = room.partner_id and due.endpoint_id = room.endpoint_id
                            group by room.partner_id, room.endpoint_id, room.depth, room.free, room.lanes, room.busy_backlog),
                        shared as (
                            select counted.partner_id, counted.endpoint_id, counted.depth, kind.backlog,
                                case when kind.backlog then least(counted.free - counted.fresh, counted.room_for_backlog)
                                    else counted.fresh end as lanes
                            from counted cross join (values (false), (true)) as kind (backlog)),
                        claimed as (
                        update webhook_notification n
                        set lease = md5(:claim || due.endpoint_id || due.backlog || due.place % shared.lanes)::uuid, due_at = :until
                        from due join shared
                            on shared.partner_id = due.partner_id and shared.endpoint_id = due.endpoint_id
                                and shared.backlog = due.backlog and due.place < shared.lanes * shared.depth
                        where shared.lanes > 0
                            and n.partner_id = due.partner_id and n.notification_id = due.notification_id
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
                .param("depths", numbers(targets, target -> depth(target, now)))
                .param("most", numbers(targets, target -> most(target, lanesEach, now)))
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

    private static long most(Target target, int lanesEach, Instant now) {
        var pace = target.pace();
        return pace == null ? lanesEach : Math.min(lanesEach, pace.places(now));
    }

    /** Gives each call of an endpoint with a rate limit its place in time. */
    private List<Lane> placed(List<Lane> lanes, Instant now) {
        Map<Target, Integer> taken = new LinkedHashMap<>();
        var placed = new ArrayList<Lane>();
        for (Lane lane : lanes) {
            var pace = lane.target().pace();
            if (pace == null) {
                placed.add(lane);
                continue;
            }
            var deliveries = new ArrayList<Delivery>();
            for (Delivery each : lane.deliveries()) {
                int others = taken.merge(lane.target(), 1, Integer::sum) - 1;
                deliveries.add(each.at(pace.place(others, now)));
            }
            placed.add(new Lane(lane.target(), deliveries));
        }
        if (!taken.isEmpty()) {
            Map<Target, Instant> next = new LinkedHashMap<>();
            taken.forEach((target, calls) -> next.put(target, next(target, calls, now)));
            endpoints.take(next);
        }
        return placed;
    }

    private static Instant next(Target target, int calls, Instant now) {
        var pace = target.pace();
        return pace == null ? now : pace.place(calls, now);
    }

    private static long lanes(Target target) {
        if (target.halfOpen()) {
            return 1;
        }
        return target.failing() ? LANES_WHILE_FAILING : LANES_PER_ENDPOINT;
    }

    /** A failing endpoint gets one call per lane: nothing waits behind a call that may hang. */
    private static long depth(Target target, Instant now) {
        if (target.failing() || target.halfOpen()) {
            return 1;
        }
        var pace = target.pace();
        return pace == null ? LANE_LENGTH : pace.depth(now);
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                new PartnerId(row.getString("partner_id")),
                row.getString("notification_id"),
                order(row),
                row.getString("body"),
                row.getInt("attempts"),
                row.getInt("step"),
                row.getObject("lease", UUID.class),
                null);
    }

    private static @Nullable OrderId order(ResultSet row) throws SQLException {
        long order = row.getLong("order_id");
        return row.wasNull() ? null : new OrderId(order);
    }

    private static Long[] numbers(List<Target> targets, Function<Target, Long> value) {
        return Columns.longs(targets, value);
    }
}
