package com.comptappart.webhook;

import com.comptappart.kernel.PartnerId;
import com.comptappart.queue.Wake;
import com.comptappart.queue.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Looks once a day at the certificate of each https endpoint. One whose look died with its node is
 * looked at the day after: of fourteen days' notice, thirteen are left.
 */
@Repository
class CertificateWork implements Work {

    private static final Duration EVERY = Duration.ofDays(1);

    /** One after the other: the slowest batch takes 80 s. */
    private static final int BATCH = 8;

    private record Look(PartnerId partner, String endpointId, String url) {}

    private final JdbcClient jdbc;
    private final Certificates certificates;
    private final Wake wake;
    private final Clock clock;

    CertificateWork(JdbcClient jdbc, Certificates certificates, Wake wake, Clock clock) {
        this.jdbc = jdbc;
        this.certificates = certificates;
        this.wake = wake;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "certificates";
    }

    @Override
    public Duration poll() {
        return Duration.ofMinutes(10);
    }

    @Override
    public int round() {
        Instant now = clock.instant();
        var looks = claim(now);
        for (Look each : looks) {
            certificates.end(each.url()).ifPresent(end -> keep(each, end, now));
        }
        if (!looks.isEmpty()) {
            wake.afterCommit(AlertWork.NAME);
        }
        return looks.size();
    }

    private List<Look> claim(Instant now) {
        return jdbc.sql(
                        """
                        with due as (
                            select e.partner_id, e.endpoint_id, e.url
                            from webhook_endpoint e
                            where e.state = 'enabled' and e.url ilike 'https:%' and not exists (
                                select 1
                                from webhook_watch w
                                where w.partner_id = e.partner_id and w.endpoint_id = e.endpoint_id
                                    and w.certificate_looked_at > :day_ago)
                            order by e.partner_id, e.endpoint_id
                            limit :limit
                            for no key update of e skip locked),
                        looked as (
                            insert into webhook_watch (partner_id, endpoint_id, certificate_looked_at)
                            select partner_id, endpoint_id, :now from due
                            on conflict (partner_id, endpoint_id) do update set certificate_looked_at = :now)
                        select partner_id, endpoint_id, url from due
                        """)
                .param("day_ago", now.minus(EVERY).atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("limit", BATCH)
                .query((row, number) ->
                        new Look(
                                new PartnerId(row.getString("partner_id")),
                                row.getString("endpoint_id"),
                                row.getString("url")))
                .list();
    }

    /** Unless another node looked since: this one may have been frozen for days. */
    private void keep(Look look, Instant end, Instant lookedAt) {
        jdbc.sql(
                        """
                        update webhook_watch set certificate_ends_at = :end
                        where partner_id = :partner and endpoint_id = :endpoint and certificate_looked_at = :looked_at
                        """)
                .param("end", end.atOffset(ZoneOffset.UTC))
                .param("looked_at", lookedAt.atOffset(ZoneOffset.UTC))
                .param("partner", look.partner().value())
                .param("endpoint", look.endpointId())
                .update();
    }
}
