package com.comptappart.webhook;

import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.queue.Leases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Certifications and their probes as rows. */
@Repository
class CertificationRows implements Leases {

    /** Longer than the slowest probe: two calls of 30 s. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<ProbeCall>> CALLS = new TypeReference<>() {};

    private static final String COLUMNS =
            """
            c.position, c.partner_id, c.certification_id, c.endpoint_id, c.url, c.scenario, case
                when c.state = 'running' and c.lease_until <= :now then 'interrupted' else c.state end as state,
            c.passed, c.asked_by, c.created_at, case
                when c.state = 'running' and c.lease_until <= :now then c.lease_until else c.ended_at end as ended_at, (
                select count(*) from webhook_probe p
                where p.partner_id = c.partner_id and p.certification_id = c.certification_id) as probes
            """;

    /** A run that this node does. */
    record Claimed(Certification certification, long position, UUID lease) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    CertificationRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @return false where one of this endpoint is under way
     */
    @Transactional
    public boolean insert(Endpoint endpoint, String id, String scenario, String askedBy) {
        endTheDead(endpoint);
        return at("""
        insert into webhook_certification (
            partner_id, certification_id, endpoint_id, url, scenario, state, asked_by, created_at)
        values (:partner, :id, :endpoint, :url, :scenario, 'waiting', :asked_by, :now)
        on conflict (partner_id, endpoint_id) where state in ('waiting', 'running') do nothing
        """)
                        .param("partner", endpoint.partner().value())
                        .param("id", id)
                        .param("endpoint", endpoint.id())
                        .param("url", endpoint.url())
                        .param("scenario", scenario)
                        .param("asked_by", askedBy)
                        .update()
                == 1;
    }

    /** Those whose node died before it could say so. */
    private void endTheDead(Endpoint endpoint) {
        at("""
        update webhook_certification
        set state = 'interrupted', lease = null, lease_until = null, ended_at = lease_until
        where partner_id = :partner and endpoint_id = :endpoint and state = 'running' and lease_until <= :now
        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .update();
    }

    Optional<Claimed> claim() {
        var lease = UUID.randomUUID();
        return at("""
        with due as (
            select partner_id, certification_id
            from webhook_certification
            where state = 'waiting'
            order by position
            limit 1
            for update skip locked)
        update webhook_certification c
        set state = 'running', lease = :lease, lease_until = :until
        from due
        where c.partner_id = due.partner_id and c.certification_id = due.certification_id
        returning
        """
                        + COLUMNS)
                .param("lease", lease)
                .param("until", clock.instant().plus(LEASE).atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Claimed(certification(row), row.getLong("position"), lease))
                .optional();
    }

    /**
     * Keeps what a probe told, and the lease for the next.
     *
     * @return false where the lease is no longer ours
     */
    @Transactional
    public boolean add(Claimed run, int number, ProbeResult result) {
        if (ours(run, "lease_until = :until") == 0) {
            return false;
        }
        at("""
        insert into webhook_probe (partner_id, certification_id, number, probe, verdict, at, calls)
        values (:partner, :id, :number, :probe, :verdict, :at, :calls)
        """)
                .param("partner", run.certification().partner().value())
                .param("id", run.certification().id())
                .param("number", number)
                .param("probe", result.probe().code())
                .param("verdict", result.verdict().code())
                .param("at", result.at().atOffset(ZoneOffset.UTC))
                .param("calls", JSON.writeValueAsString(result.calls()))
                .update();
        return true;
    }

    void end(Claimed run, boolean passed) {
        ours(
                run,
                "state = 'done', lease = null, lease_until = null, ended_at = :now, passed = "
                        + (passed ? "true" : "false"));
    }

    void interrupt(Claimed run) {
        ours(run, "state = 'interrupted', lease = null, lease_until = null, ended_at = :now");
    }

    private int ours(Claimed run, String change) {
        return at("update webhook_certification set "
                        + change
                        + " where partner_id = :partner and certification_id = :id and lease = :lease")
                .param("partner", run.certification().partner().value())
                .param("id", run.certification().id())
                .param("lease", run.lease())
                .param("until", clock.instant().plus(LEASE).atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void releaseAll() {
        at("""
        update webhook_certification
        set state = 'interrupted', lease = null, lease_until = null, ended_at = :now
        where state = 'running'
        """)
                .update();
    }

    Page<Certification> list(PartnerId partner, PageRequest page) {
        var found =
                at("select "
                                + COLUMNS
                                + """
                                from webhook_certification c
                                where partner_id = :partner and position < :before
                                order by position desc
                                limit :limit
                                """)
                        .param("partner", partner.value())
                        .param("before", Cursor.position(page, Long.MAX_VALUE))
                        .param("limit", page.limit() + 1)
                        .query((row, number) ->
                                new Cursor.At<>(certification(row), row.getLong("position")))
                        .list();
        return Cursor.page(found, page);
    }

    Optional<Certification> find(PartnerId partner, String id) {
        return at("select "
                        + COLUMNS
                        + " from webhook_certification c where partner_id = :partner and certification_id = :id")
                .param("partner", partner.value())
                .param("id", id)
                .query((row, number) -> certification(row))
                .optional();
    }

    /** The last certification that was done of each endpoint as it is now: same URL. */
    List<Certification> latest(PartnerId partner) {
        return at("select "
                        + COLUMNS
                        + """
                        from webhook_endpoint e cross join lateral (
                            select *
                            from webhook_certification made
                            where made.partner_id = e.partner_id and made.endpoint_id = e.endpoint_id
                                and made.scenario = 'certification' and made.state = 'done' and made.url = e.url
                            order by made.position desc
                            limit 1) c
                        where e.partner_id = :partner and e.state <> 'deleted'
                        order by e.position
                        """)
                .param("partner", partner.value())
                .query((row, number) -> certification(row))
                .list();
    }

    /** In the order in which they were made. */
    List<ProbeResult> results(Certification certification) {
        return at("""
        select probe, verdict, at, calls
        from webhook_probe
        where partner_id = :partner and certification_id = :id
        order by number
        """)
                .param("partner", certification.partner().value())
                .param("id", certification.id())
                .query((row, number) ->
                        new ProbeResult(
                                Probe.of(row.getString("probe")).orElse(Probe.SAMPLE),
                                Verdict.of(row.getString("verdict")),
                                row.getTimestamp("at").toInstant(),
                                JSON.readValue(row.getString("calls"), CALLS)))
                .list();
    }

    private JdbcClient.StatementSpec at(String sql) {
        return jdbc.sql(sql).param("now", clock.instant().atOffset(ZoneOffset.UTC));
    }

    private static Certification certification(ResultSet row) throws SQLException {
        var ended = row.getTimestamp("ended_at");
        return new Certification(
                row.getString("certification_id"),
                new PartnerId(row.getString("partner_id")),
                row.getString("endpoint_id"),
                row.getString("url"),
                row.getString("scenario"),
                Certification.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getBoolean("passed"),
                row.getString("asked_by"),
                row.getInt("probes"),
                row.getTimestamp("created_at").toInstant(),
                ended == null ? null : ended.toInstant());
    }
}
