package com.comptappart.webhook;

import com.comptappart.kernel.Reason;
import com.comptappart.queue.Wake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Works recoveries off. A batch and the place where the next one begins are one transaction, and
 * the place only goes forward: whoever dies in the middle, no notification is sent again twice.
 */
@Repository
class RecoveryBatches {

    /** The source of what is there already, failed or held. */
    static final String STORED = "stored";

    /** The source of what failed at endpoints that were deleted; it comes first, being older. */
    static final String LEFT = "left";

    /** Between batches; a batch is what a second may take. */
    private static final Duration PACE = Duration.ofSeconds(1);

    private static final Duration WHILE_DISABLED = Duration.ofSeconds(10);

    private record Sent(long done, @Nullable String next) {}

    private final JdbcClient jdbc;
    private final RecoveryRows rows;
    private final EndpointRows endpoints;
    private final LeftBehind left;
    private final MissingNotifications missing;
    private final List<OwedFacts> sources;
    private final Wake wake;
    private final Circuits circuits;
    private final Clock clock;

    RecoveryBatches(
            JdbcClient jdbc,
            RecoveryRows rows,
            EndpointRows endpoints,
            LeftBehind left,
            MissingNotifications missing,
            List<OwedFacts> sources,
            Wake wake,
            Circuits circuits,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.endpoints = endpoints;
        this.left = left;
        this.missing = missing;
        this.sources = sources;
        this.wake = wake;
        this.circuits = circuits;
        this.clock = clock;
    }

    static OwedFacts.Asked asked(Endpoint endpoint, Recovery.Wish wish) {
        return new OwedFacts.Asked(
                endpoint.partner(), endpoint.environment(), wish.since(), wish.until());
    }

    /**
     * Does one batch of one recovery.
     *
     * @return whether there was one to do
     */
    @Transactional
    public boolean next() {
        Instant now = clock.instant();
        var locked = rows.lockNext(now);
        locked.ifPresent(each -> next(each, now));
        return locked.isPresent();
    }

    private void next(RecoveryRows.Locked locked, Instant now) {
        var recovery = locked.recovery();
        keep(recovery);
        var endpoint = endpoints.find(recovery.partner(), null, recovery.endpointId());
        if (endpoint.isEmpty()) {
            rows.end(recovery, Recovery.State.STOPPED, Reason.ENDPOINT_DELETED.text(), now);
            return;
        }
        if (!endpoint.get().enabled()) {
            rows.postpone(
                    recovery,
                    endpoint.get().state() == Endpoint.State.PAUSED
                            ? Reason.ENDPOINT_PAUSED.text()
                            : Reason.ENDPOINT_DISABLED.text(endpoint.get().disabledReason()),
                    now.plus(WHILE_DISABLED));
            return;
        }
        var sent =
                switch (locked.source()) {
                    case LEFT -> left(recovery, endpoint.get(), locked.cursor());
                    case STORED -> again(recovery, locked.cursor());
                    default -> missing(recovery, endpoint.get(), locked);
                };
        if (sent.done() > 0) {
            wake.afterCommit(DeliveryWork.NAME);
        }
        go(locked, sent, now);
    }

    /** Where it goes on, in a second if this batch sent something, or that it is done. */
    private void go(RecoveryRows.Locked locked, Sent sent, Instant now) {
        var recovery = locked.recovery();
        var nextAt = sent.done() > 0 ? now.plus(PACE) : now;
        String next = sent.next();
        @Nullable String source = next == null ? after(locked.source(), recovery) : locked.source();
        rows.progress(
                recovery,
                new RecoveryRows.Progress(
                        source == null ? locked.source() : source,
                        next == null ? "" : next,
                        sent.done(),
                        nextAt));
        if (source == null) {
            rows.end(recovery, Recovery.State.DONE, "", now);
        }
    }

    static String first(Recovery.Wish wish, List<OwedFacts> sources) {
        if (wish.stored().isEmpty()) {
            return sources.getFirst().name();
        }
        return wish.wants(Recovery.Status.FAILED) ? LEFT : STORED;
    }

    private @Nullable String after(String source, Recovery recovery) {
        if (source.equals(LEFT)) {
            return STORED;
        }
        if (!recovery.wish().wants(Recovery.Status.MISSING)) {
            return null;
        }
        var names = sources.stream().map(OwedFacts::name).toList();
        int at = names.indexOf(source) + 1;
        return at == names.size() ? null : names.get(at);
    }

    /**
     * The endpoint is not deleted, disabled or changed until the transaction ends: nothing is made
     * due for one that is no more.
     */
    private void keep(Recovery recovery) {
        jdbc.sql(
                        """
                        select 1 from webhook_endpoint where partner_id = :partner and endpoint_id = :endpoint for share
                        """)
                .param("partner", recovery.partner().value())
                .param("endpoint", recovery.endpointId())
                .query((row, number) -> true)
                .list();
    }

    /** Skips what somebody else changes at this moment: it is replayed or released anyway. */
    private Sent again(Recovery recovery, String cursor) {
        if (cursor.isEmpty()) {
            circuits.tryNow(recovery.partner(), recovery.endpointId());
        }
        int limit = recovery.wish().perSecond();
        var positions =
                jdbc.sql(
                                """
                                with again as (
                                    select partner_id, notification_id
                                    from webhook_notification
                                    where partner_id = :partner and endpoint_id = :endpoint
                                        and state in ('failed', 'held') and state = any(:states::text[])
                                        and not (state = 'failed' and event_type = 'ping')
                                        and created_at >= :since and created_at < :until and position > :after
                                    order by position
                                    limit :limit
                                    for update skip locked)
                                update webhook_notification n
                                set state = 'pending', reason = '', step = 0, backlog = true, due_at = :now, ended_at = null,
                                    asked_by = :asked_by
                                from again
                                where n.partner_id = again.partner_id and n.notification_id = again.notification_id
                                returning n.position
                                """)
                        .param("partner", recovery.partner().value())
                        .param("endpoint", recovery.endpointId())
                        .param("states", recovery.wish().stored().toArray(String[]::new))
                        .param("since", recovery.wish().since().atOffset(ZoneOffset.UTC))
                        .param("until", recovery.wish().until().atOffset(ZoneOffset.UTC))
                        .param("after", cursor.isEmpty() ? 0 : Long.parseLong(cursor))
                        .param("limit", limit)
                        .param("asked_by", recovery.askedBy())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .query((row, number) -> row.getLong("position"))
                        .list();
        return sent(positions, limit);
    }

    private Sent left(Recovery recovery, Endpoint endpoint, String cursor) {
        return sent(
                left.again(recovery, endpoint, cursor.isEmpty() ? 0 : Long.parseLong(cursor)),
                recovery.wish().perSecond());
    }

    private static Sent sent(List<Long> positions, int limit) {
        long last = positions.stream().mapToLong(Long::longValue).max().orElse(0);
        return new Sent(positions.size(), positions.size() < limit ? null : Long.toString(last));
    }

    private Sent missing(Recovery recovery, Endpoint endpoint, RecoveryRows.Locked locked) {
        var source =
                sources.stream()
                        .filter(each -> each.name().equals(locked.source()))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "a recovery reads from an unknown source: "
                                                + locked.source()));
        var page =
                source.read(
                        asked(endpoint, recovery.wish()),
                        locked.cursor(),
                        recovery.wish().perSecond());
        var wanted = missing.among(page.facts(), endpoint);
        return new Sent(missing.owe(wanted, endpoint, recovery.askedBy()), page.next());
    }
}
