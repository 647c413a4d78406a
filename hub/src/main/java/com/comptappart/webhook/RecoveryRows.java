package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Recoveries as rows. */
@Repository
class RecoveryRows {

    /** A recovery whose row is locked, and where it goes on. */
    record Locked(Recovery recovery, String source, String cursor) {}

    /** What a batch did. */
    record Progress(String source, String cursor, long done, Instant nextAt) {}

    private final JdbcClient jdbc;

    RecoveryRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Recovery recovery, String source) {
        var wish = recovery.wish();
        jdbc.sql(
                        """
                        insert into webhook_recovery (
                            partner_id, recovery_id, environment, endpoint_id, since, until, statuses, per_second, state, source,
                            wanted, asked_by, created_at, next_at)
                        values (:partner, :id, :environment, :endpoint, :since, :until, :statuses::text[], :per_second, 'running',
                            :source, :wanted, :asked_by, :now, :now)
                        """)
                .param("partner", recovery.partner().value())
                .param("id", recovery.id())
                .param("environment", recovery.environment().code())
                .param("endpoint", recovery.endpointId())
                .param("since", wish.since().atOffset(ZoneOffset.UTC))
                .param("until", wish.until().atOffset(ZoneOffset.UTC))
                .param(
                        "statuses",
                        wish.statuses().stream().map(Recovery.Stored::of).toArray(String[]::new))
                .param("per_second", wish.perSecond())
                .param("source", source)
                .param("wanted", recovery.wanted())
                .param("asked_by", recovery.askedBy())
                .param("now", recovery.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Until the transaction ends nobody else asks for a recovery of that endpoint. */
    void alone(Endpoint endpoint) {
        jdbc.sql(
                        """
                        select 1
                        from webhook_endpoint
                        where partner_id = :partner and endpoint_id = :endpoint
                        for no key update
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .query((row, number) -> true)
                .list();
    }

    /** The one that runs and was asked to do the same; "until now" is the same a moment later. */
    Optional<String> same(Endpoint endpoint, Recovery.Wish wish, Instant now) {
        return jdbc.sql(
                        """
                        select recovery_id
                        from webhook_recovery
                        where partner_id = :partner and endpoint_id = :endpoint and state = 'running' and since = :since
                            and statuses @> :statuses::text[] and statuses <@ :statuses::text[] and per_second = :per_second
                            and (until = :until or :is_open and until >= created_at - interval '1 second')
                        order by position
                        limit 1
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .param("since", wish.since().atOffset(ZoneOffset.UTC))
                .param("until", wish.until().atOffset(ZoneOffset.UTC))
                .param("is_open", !wish.until().isBefore(now.minusSeconds(1)))
                .param(
                        "statuses",
                        wish.statuses().stream().map(Recovery.Stored::of).toArray(String[]::new))
                .param("per_second", wish.perSecond())
                .query(String.class)
                .optional();
    }

    int running(Endpoint endpoint) {
        return jdbc.sql(
                        """
                        select count(*)
                        from webhook_recovery
                        where partner_id = :partner and endpoint_id = :endpoint and state = 'running'
                        """)
                .param("partner", endpoint.partner().value())
                .param("endpoint", endpoint.id())
                .query(Integer.class)
                .single();
    }

    Page<Recovery> list(
            @Nullable PartnerId partner, @Nullable Environment environment, PageRequest page) {
        var found =
                jdbc.sql(
                                """
                                select position, partner_id, recovery_id, environment, endpoint_id, since, until, statuses, per_second,
                                    state, reason, wanted, done, asked_by, created_at, ended_at
                                from webhook_recovery
                                where (:partner::text is null or partner_id = :partner)
                                    and (:environment::text is null or environment = :environment)
                                    and position < :before
                                order by position desc
                                limit :limit
                                """)
                        .param("partner", partner == null ? null : partner.value())
                        .param("environment", environment == null ? null : environment.code())
                        .param("before", Cursor.position(page, Long.MAX_VALUE))
                        .param("limit", page.limit() + 1)
                        .query((row, number) ->
                                new Cursor.At<>(recovery(row), row.getLong("position")))
                        .list();
        return Cursor.page(found, page);
    }

    Optional<Recovery> find(
            @Nullable PartnerId partner, @Nullable Environment environment, String id) {
        return jdbc.sql(
                        """
                        select partner_id, recovery_id, environment, endpoint_id, since, until, statuses, per_second,
                            state, reason, wanted, done, asked_by, created_at, ended_at
                        from webhook_recovery
                        where (:partner::text is null or partner_id = :partner)
                            and (:environment::text is null or environment = :environment)
                            and recovery_id = :id
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment == null ? null : environment.code())
                .param("id", id)
                .query((row, number) -> recovery(row))
                .optional();
    }

    /** One whose turn it is, locked until the transaction ends; no two workers get the same. */
    Optional<Locked> lockNext(Instant now) {
        return jdbc.sql(
                        """
                        select partner_id, recovery_id, environment, endpoint_id, since, until, statuses, per_second,
                            state, reason, wanted, done, asked_by, created_at, ended_at, source, cursor
                        from webhook_recovery
                        where state = 'running' and next_at <= :now
                        order by next_at
                        limit 1
                        for update skip locked
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Locked(recovery(row), row.getString("source"), row.getString("cursor")))
                .optional();
    }

    void progress(Recovery recovery, Progress progress) {
        jdbc.sql(
                        """
                        update webhook_recovery
                        set source = :source, cursor = :cursor, done = done + :done, next_at = :next, reason = ''
                        where partner_id = :partner and recovery_id = :id
                        """)
                .param("partner", recovery.partner().value())
                .param("id", recovery.id())
                .param("source", progress.source())
                .param("cursor", progress.cursor())
                .param("done", progress.done())
                .param("next", progress.nextAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void postpone(Recovery recovery, String reason, Instant until) {
        jdbc.sql(
                        """
                        update webhook_recovery
                        set reason = :reason, next_at = :next
                        where partner_id = :partner and recovery_id = :id
                        """)
                .param("partner", recovery.partner().value())
                .param("id", recovery.id())
                .param("reason", reason)
                .param("next", until.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Nothing happens to one that has ended. */
    void end(Recovery recovery, Recovery.State state, String reason, Instant now) {
        jdbc.sql(
                        """
                        update webhook_recovery
                        set state = :state, reason = :reason, ended_at = :now
                        where partner_id = :partner and recovery_id = :id and state = 'running'
                        """)
                .param("partner", recovery.partner().value())
                .param("id", recovery.id())
                .param("state", Recovery.Stored.of(state))
                .param("reason", reason)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Recovery recovery(ResultSet row) throws SQLException {
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        var statuses =
                Arrays.stream((String[]) row.getArray("statuses").getArray())
                        .map(each -> Recovery.Status.valueOf(each.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet());
        return new Recovery(
                row.getString("recovery_id"),
                new PartnerId(row.getString("partner_id")),
                Environment.of(row.getString("environment")),
                row.getString("endpoint_id"),
                new Recovery.Wish(
                        row.getTimestamp("since").toInstant(),
                        row.getTimestamp("until").toInstant(),
                        statuses,
                        row.getInt("per_second")),
                Recovery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                row.getLong("wanted"),
                row.getLong("done"),
                row.getString("asked_by"),
                row.getTimestamp("created_at").toInstant(),
                ended == null ? null : ended.toInstant());
    }
}
