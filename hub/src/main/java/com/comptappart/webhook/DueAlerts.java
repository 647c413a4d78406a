package com.comptappart.webhook;

import com.comptappart.kernel.PartnerId;
import com.comptappart.webhook.EndpointAlert.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is to be said of endpoints now: at most one thing of each at a time. */
@Repository
class DueAlerts {

    /** Between two mails about failed notifications, or refused addresses, of one endpoint. */
    static final Duration FAILED_EVERY = Duration.ofMinutes(15);

    /** Without success, while work waits. */
    static final Duration STALLED_AFTER = Duration.ofMinutes(10);

    /** Without a failure, before it is said to work again. */
    static final Duration CALM_FOR = Duration.ofMinutes(2);

    static final Duration CERTIFICATE_WITHIN = Duration.ofDays(14);

    /** Endpoints in one look. */
    private static final int MOST = 50;

    /**
     * In the order of their weight: the first one is said. What works again is told by its success
     * after failures, and, where enabling it ended those, by the newest notifications.
     */
    private static final String DUE =
            """
            select w.partner_id, w.endpoint_id, due.kind, w.unsaid_failed, coalesce(w.unsaid_since, :now) as unsaid_since,
                case when due.kind = 'address_refused' then :refused else w.diagnosis end as diagnosis,
                case due.kind
                    when 'disabled' then w.disabled_reason
                    when 'address_refused' then w.refused_reason
                    else w.reason
                end as reason,
                case due.kind
                    when 'disabled' then w.disabled_at
                    when 'first_failure' then w.first_failure_at
                    when 'address_refused' then e.failing_since
                    when 'stalled' then e.failing_since
                    when 'certificate' then w.certificate_ends_at
                    else :now
                end as at
            from webhook_watch w
            join webhook_endpoint e on e.partner_id = w.partner_id and e.endpoint_id = w.endpoint_id
            cross join lateral (
                select case
                    when w.disabled_at > coalesce(w.disabled_said_at, '-infinity') then 'disabled'
                    when w.first_failure_at is not null and w.first_failure_said_at is null then 'first_failure'
                    when e.state = 'enabled' and w.refused_at >= e.failing_since
                        and w.refused_said_for is distinct from e.failing_since
                        and (w.refused_said_at is null or w.refused_said_at <= :failed_before) then 'address_refused'
                    when w.unsaid_failed > 0 and (w.failed_said_at is null or w.failed_said_at <= :failed_before) then 'failed'
                    when e.state = 'enabled' and e.failing_since <= :stalled_since
                        and w.stalled_said_for is distinct from e.failing_since
                        and exists (
                            select 1
                            from webhook_notification n
                            where n.partner_id = e.partner_id and n.endpoint_id = e.endpoint_id and n.state = 'pending')
                        then 'stalled'
                    when w.certificate_ends_at <= :certificate_until
                        and w.certificate_said_for is distinct from w.certificate_ends_at then 'certificate'
                    when w.alarmed_at is not null and e.state = 'enabled' and e.failing_since is null
                        and w.unsaid_failed = 0 and coalesce(w.failed_at, w.alarmed_at) <= :calm_since
                        and (w.succeeded_at > w.failed_at or exists (
                            select 1
                            from (
                                select n.endpoint_id, n.state, n.ended_at
                                from webhook_notification n
                                where n.partner_id = e.partner_id
                                order by n.position desc
                                limit 200) newest
                            where newest.endpoint_id = e.endpoint_id and newest.state = 'delivered'
                                and newest.ended_at > coalesce(w.failed_at, w.alarmed_at)))
                        then 'recovered'
                end as kind) due
            where due.kind is not null and e.state <> 'deleted' and (:endpoint = '' or w.endpoint_id = :endpoint)
            order by random()
            limit :limit
            """;

    /** Something to say of one endpoint. */
    record Due(
            PartnerId partner,
            String endpointId,
            Kind kind,
            Instant at,
            int failed,
            Instant failedSince,
            String reason,
            @Nullable Diagnosis diagnosis) {}

    private final JdbcClient jdbc;

    DueAlerts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In any order, so that one that can't be said delays no other for good. */
    List<Due> look(Instant now) {
        return due(DUE, "", MOST, now).list();
    }

    /** The same again, with its row locked; empty where it was said or somebody is saying it. */
    Optional<Due> lock(String endpointId, Instant now) {
        return due(DUE + "for update of w skip locked", endpointId, 1, now).optional();
    }

    private JdbcClient.MappedQuerySpec<Due> due(
            String sql, String endpointId, int limit, Instant now) {
        return jdbc.sql(sql)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("failed_before", now.minus(FAILED_EVERY).atOffset(ZoneOffset.UTC))
                .param("stalled_since", now.minus(STALLED_AFTER).atOffset(ZoneOffset.UTC))
                .param("calm_since", now.minus(CALM_FOR).atOffset(ZoneOffset.UTC))
                .param("certificate_until", now.plus(CERTIFICATE_WITHIN).atOffset(ZoneOffset.UTC))
                .param("refused", Diagnosis.ADDRESS_REFUSED.code())
                .param("endpoint", endpointId)
                .param("limit", limit)
                .query(DueAlerts::due);
    }

    /** Remembers that it was said, and what that said along with it. */
    void said(Due due, Instant now) {
        jdbc.sql(
                        """
                        update webhook_watch w
                        set disabled_said_at = case when :kind = 'disabled' then :now else w.disabled_said_at end,
                            first_failure_said_at = case
                                when :kind in ('disabled', 'first_failure') and w.first_failure_at is not null then :now
                                else w.first_failure_said_at
                            end,
                            unsaid_failed = case
                                when :kind in ('disabled', 'first_failure', 'failed') then 0
                                else w.unsaid_failed
                            end,
                            unsaid_since = case
                                when :kind in ('disabled', 'first_failure', 'failed') then null
                                else w.unsaid_since
                            end,
                            refused_said_for = case
                                when :kind in ('disabled', 'first_failure', 'address_refused') and w.refused_at is not null
                                    then e.failing_since
                                else w.refused_said_for
                            end,
                            refused_said_at = case
                                when :kind in ('disabled', 'first_failure', 'address_refused') and w.refused_at is not null
                                    then :now
                                else w.refused_said_at
                            end,
                            failed_said_at = case
                                when :kind in ('disabled', 'first_failure', 'failed') then :now
                                else w.failed_said_at
                            end,
                            stalled_said_for = case when :kind = 'stalled' then :at else w.stalled_said_for end,
                            certificate_said_for = case when :kind = 'certificate' then :at else w.certificate_said_for end,
                            alarmed_at = case
                                when :kind = 'recovered' then null
                                when :kind = 'certificate' then w.alarmed_at
                                else :now
                            end
                        from webhook_endpoint e
                        where w.partner_id = :partner and w.endpoint_id = :endpoint
                            and e.partner_id = w.partner_id and e.endpoint_id = w.endpoint_id
                        """)
                .param("kind", due.kind().name().toLowerCase(Locale.ROOT))
                .param("at", due.at().atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("partner", due.partner().value())
                .param("endpoint", due.endpointId())
                .update();
    }

    /** There is nothing left to say of what failed: all of it was taken meanwhile. */
    void solved(Due due) {
        jdbc.sql(
                        """
                        update webhook_watch
                        set unsaid_failed = 0, unsaid_since = null
                        where partner_id = :partner and endpoint_id = :endpoint
                        """)
                .param("partner", due.partner().value())
                .param("endpoint", due.endpointId())
                .update();
    }

    private static Due due(ResultSet row, int number) throws SQLException {
        return new Due(
                new PartnerId(row.getString("partner_id")),
                row.getString("endpoint_id"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getTimestamp("at").toInstant(),
                row.getInt("unsaid_failed"),
                row.getTimestamp("unsaid_since").toInstant(),
                row.getString("reason"),
                Diagnosis.of(row.getString("diagnosis")).orElse(null));
    }
}
