package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Endpoints that somebody should look at before more goes wrong. */
@Repository
public class EndpointTroubles {

    /** Before a certificate ends: what the mails say too. */
    private static final Duration CERTIFICATE_AHEAD = Duration.ofDays(14);

    private static final int MOST = 20;

    /** DISABLED by the hub, PAUSED by its partner; the others end at a time. */
    public enum Kind {
        DISABLED,
        PAUSED,
        OLD_SECRET_ENDS,
        CERTIFICATE_ENDS
    }

    /**
     * One of them.
     *
     * @param reason why it is disabled, empty for the others
     * @param at when a secret or certificate ends, null for the others
     */
    public record Trouble(
            PartnerId partner,
            String endpointId,
            String url,
            Kind kind,
            String reason,
            @Nullable Instant at) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    EndpointTroubles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A null partner stands for the operator; twenty at most, those that end first. */
    public List<Trouble> of(@Nullable PartnerId partner, Environment environment) {
        var now = clock.instant();
        return jdbc.sql(
                        """
                        with ours as (
                            select e.partner_id, e.endpoint_id, e.position, e.url, e.state, e.disabled_reason,
                                (select max(until) from unnest(e.old_secrets_until) as until) as secret_until,
                                w.certificate_ends_at
                            from webhook_endpoint e left join webhook_watch w
                                on w.partner_id = e.partner_id and w.endpoint_id = e.endpoint_id
                            where e.environment = :environment and e.state <> 'deleted'
                                and (:partner::text is null or e.partner_id = :partner))
                        select partner_id, endpoint_id, position, url, upper(state) as kind, disabled_reason as reason,
                            null::timestamptz as at
                        from ours where state in ('disabled', 'paused')
                        union all
                        select partner_id, endpoint_id, position, url, 'OLD_SECRET_ENDS', '', secret_until
                        from ours where secret_until > :now
                        union all
                        select partner_id, endpoint_id, position, url, 'CERTIFICATE_ENDS', '', certificate_ends_at
                        from ours where certificate_ends_at < :ahead
                        order by at nulls first, position
                        limit :limit
                        """)
                .param("environment", environment.code())
                .param("partner", partner == null ? null : partner.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("ahead", now.plus(CERTIFICATE_AHEAD).atOffset(ZoneOffset.UTC))
                .param("limit", MOST)
                .query(EndpointTroubles::trouble)
                .list();
    }

    private static Trouble trouble(ResultSet row, int number) throws SQLException {
        var at = row.getTimestamp("at");
        return new Trouble(
                new PartnerId(row.getString("partner_id")),
                row.getString("endpoint_id"),
                row.getString("url"),
                Kind.valueOf(row.getString("kind")),
                row.getString("reason"),
                at == null ? null : at.toInstant());
    }
}
