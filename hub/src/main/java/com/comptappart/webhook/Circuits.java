package com.comptappart.webhook;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Endpoints that are left alone because they keep failing, or because they asked for it. While a
 * circuit is open nothing is sent; after that one probe goes, which closes it or opens it for
 * longer.
 */
@Repository
class Circuits {

    private final JdbcClient jdbc;
    private final CircuitProperties properties;
    private final Clock clock;

    Circuits(JdbcClient jdbc, CircuitProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * How an endpoint changed.
     *
     * @param tooLong whether it has failed since before {@code longAgo}
     * @param openedUntil null unless its circuit opened
     * @param closed whether its circuit was open and is no more
     */
    record Change(
            String endpointId,
            boolean tooLong,
            @Nullable Instant openedUntil,
            boolean closed,
            int failures) {

        static Change of(ResultSet row, int number) throws SQLException {
            var until = row.getTimestamp("opened_until");
            return new Change(
                    row.getString("endpoint_id"),
                    row.getBoolean("too_long"),
                    until == null ? null : until.toInstant(),
                    row.getBoolean("closed"),
                    row.getInt("failures"));
        }
    }

    /**
     * Writes only where something changes: never for an endpoint that is well. Calls that were
     * under way when a circuit opened do not open it for longer.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Change> follow(Collection<Signs> signs, Instant now, Instant longAgo) {
        // Locked in order: two recorders that follow the same endpoints wait, never for good.
        return jdbc.sql(
                        """
                        with given as (
                            select *
                            from unnest(
                                :partners::text[], :endpoints::text[], :failing::boolean[], :answered::boolean[], :failures::bigint[],
                                :waits::timestamptz[])
                                as given (partner_id, endpoint_id, failing, answered, failures, wait_until)),
                        locked as (
                            select e.partner_id, e.endpoint_id, given.wait_until, e.open_until,
                                given.failures > 0 as failed,
                                case when given.failing then coalesce(e.failing_since, :now) end as failing_since,
                                case when given.answered then 0 else e.failures end + given.failures as failures,
                                case when given.answered then 0 else e.openings end as openings,
                                not given.answered and coalesce(e.open_until > :now, false) as stays_open
                            from webhook_endpoint e join given
                                on given.partner_id = e.partner_id and given.endpoint_id = e.endpoint_id
                            where given.failing = (e.failing_since is null) or e.failing_since < :long_ago
                                or given.failures > 0 or given.wait_until is not null
                                or given.answered and (e.failures > 0 or e.open_until is not null)
                            order by e.partner_id, e.endpoint_id
                            for no key update of e),
                        judged as (
                            select locked.*,
                                failed and not stays_open and failures >= :enough and coalesce(failing_since <= :since, false) as opens
                            from locked)
                        update webhook_endpoint e
                        set failing_since = judged.failing_since, failures = judged.failures,
                            openings = judged.openings + judged.opens::integer,
                            open_until = case
                                when judged.stays_open then judged.open_until
                                when judged.opens then :now::timestamptz + interval '1 millisecond'
                                    * least(:longest::bigint, :shortest::bigint << least(judged.openings, 20))
                            end,
                            asked_until = greatest(e.asked_until, judged.wait_until)
                        from judged
                        where e.partner_id = judged.partner_id and e.endpoint_id = judged.endpoint_id
                        returning e.endpoint_id, e.failures,
                            coalesce(e.state = 'enabled' and e.failing_since < :long_ago, false) as too_long,
                            case when judged.opens then e.open_until end as opened_until,
                            judged.open_until is not null and e.open_until is null as closed
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("long_ago", longAgo.atOffset(ZoneOffset.UTC))
                .param("since", now.minus(properties.after()).atOffset(ZoneOffset.UTC))
                .param("enough", properties.failures())
                .param("shortest", properties.shortest().toMillis())
                .param("longest", properties.longest().toMillis())
                .param("partners", Columns.texts(signs, each -> each.target().partner().value()))
                .param("endpoints", Columns.texts(signs, each -> each.target().endpointId()))
                .param("failing", signs.stream().map(Signs::failing).toArray(Boolean[]::new))
                .param("answered", signs.stream().map(Signs::answered).toArray(Boolean[]::new))
                .param("failures", Columns.longs(signs, each -> (long) each.failures()))
                .param("waits", signs.stream().map(each -> until(each, now)).toArray(String[]::new))
                .query(Change::of)
                .list();
    }

    /** One odd {@code Retry-After} must not stop every order of a partner for a day. */
    private @Nullable String until(Signs signs, Instant now) {
        Duration asked = signs.asked();
        if (asked == null) {
            return null;
        }
        var longest = properties.longest();
        return now.plus(asked.compareTo(longest) < 0 ? asked : longest).toString();
    }

    /** Lets the next call go at once, as the probe that it is: a person asked for it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tryNow(PartnerId partner, String endpointId) {
        jdbc.sql(
                        """
                        update webhook_endpoint
                        set open_until = least(open_until, :now), asked_until = null
                        where partner_id = :partner and endpoint_id = :endpoint
                            and (open_until > :now or asked_until > :now)
                        """)
                .param("partner", partner.value())
                .param("endpoint", endpointId)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
