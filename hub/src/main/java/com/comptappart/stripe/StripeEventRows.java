package com.comptappart.stripe;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Environment;
import com.comptappart.queue.Leases;
import com.comptappart.queue.Wake;
import com.comptappart.stripe.StripePlaces.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The event inbox as rows. */
@Repository
class StripeEventRows implements Leases {

    static final String WORK = "stripe";
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final int MAX_SEARCHED = 1_000;

    /** An event that a worker holds until its lease ends. */
    record Claimed(ReceivedEvent event, UUID lease, int attempts) {}

    /**
     * What became of a claimed event.
     *
     * @param waitsFor the payment whose order it waits for, empty where it waits for none
     */
    record Ended(Claimed claimed, String state, String reason, Instant dueAt, String waitsFor) {}

    private final JdbcClient jdbc;
    private final FactReaders readers;
    private final Wake wake;
    private final Clock clock;

    StripeEventRows(JdbcClient jdbc, FactReaders readers, Wake wake, Clock clock) {
        this.jdbc = jdbc;
        this.readers = readers;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * Stores events in one statement; one that is already there changes nothing.
     *
     * @return how many were not there
     */
    @Transactional
    public int insert(List<ReceivedEvent> received) {
        Map<String, ReceivedEvent> unique = new LinkedHashMap<>();
        received.forEach(each ->
                unique.putIfAbsent(
                        each.account() + " " + each.environment() + " " + each.id(), each));
        // Sorted: two writers that hold the same ids wait for each other, never for good.
        var events =
                unique.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList();
        if (events.isEmpty()) {
            return 0;
        }
        int stored =
                jdbc.sql(
                                """
                                insert into stripe_event (
                                    account, environment, event_id, type, api_version, event_created, body, received_at, state, due_at)
                                select account, environment, event_id, type, api_version, created, body, :now, state, :now
                                from unnest(:accounts::text[], :environments::text[], :ids::text[], :types::text[], :versions::text[],
                                    :created::timestamptz[], :bodies::bytea[], :states::text[])
                                    with ordinality as given (
                                        account, environment, event_id, type, api_version, created, body, state, position)
                                order by position
                                on conflict (account, environment, event_id) do nothing
                                """)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("accounts", Columns.texts(events, ReceivedEvent::account))
                        .param(
                                "environments",
                                Columns.texts(events, event -> event.environment().code()))
                        .param("ids", Columns.texts(events, ReceivedEvent::id))
                        .param("types", Columns.texts(events, ReceivedEvent::type))
                        .param("versions", Columns.texts(events, ReceivedEvent::apiVersion))
                        .param(
                                "created",
                                Columns.texts(events, event -> event.created().toString()))
                        .param(
                                "bodies",
                                events.stream().map(ReceivedEvent::body).toArray(byte[][]::new))
                        .param(
                                "states",
                                Columns.texts(
                                        events, event -> isRead(event) ? "pending" : "ignored"))
                        .update();
        if (events.stream().anyMatch(this::isRead)) {
            wake.afterCommit(WORK);
        }
        return stored;
    }

    /**
     * Of those objects, the ones that an event tells of which waits for a person, as far as the
     * newest show.
     *
     * @param types how the events' types begin
     */
    Set<String> needingAttention(Place place, List<String> types, List<String> objects) {
        return jdbc.sql(
                        """
                        with waiting as (
                            select body
                            from stripe_event
                            where environment = :environment and account = :account and state = 'attention'
                                and type like any(:types::text[])
                            order by received_at desc
                            limit :limit)
                        select given.id
                        from unnest(:objects::text[]) as given (id)
                        where exists (
                            select 1
                            from waiting
                            where position(convert_to('"' || given.id || '"', 'UTF8') in waiting.body) > 0)
                        """)
                .param("environment", place.environment().code())
                .param("account", place.account())
                .param("types", types.stream().map(each -> each + "%").toArray(String[]::new))
                .param("limit", MAX_SEARCHED)
                .param("objects", objects.toArray(String[]::new))
                .query((row, number) -> row.getString("id"))
                .set();
    }

    private boolean isRead(ReceivedEvent event) {
        return readers.of(event.type()) != null;
    }

    @Override
    @Transactional
    public void releaseAll() {
        jdbc.sql("update stripe_event set lease = null, due_at = :now where lease is not null")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Takes due events; a dead worker's come back when their lease ends. */
    @Transactional
    public List<Claimed> claim(int limit) {
        Instant now = clock.instant();
        var lease = UUID.randomUUID();
        return jdbc.sql(
                        """
                        with due as (
                            select account, environment, event_id
                            from stripe_event
                            where state = 'pending' and due_at <= :now
                            order by due_at
                            limit :limit
                            for update skip locked)
                        update stripe_event e
                        set lease = :lease, due_at = :until, attempts = attempts + 1
                        from due
                        where e.account = due.account and e.environment = due.environment and e.event_id = due.event_id
                        returning e.account, e.environment, e.event_id, e.type, e.api_version, e.event_created, e.body, e.attempts
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .param("lease", lease)
                .param("until", now.plus(LEASE).atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Claimed(event(row), lease, row.getInt("attempts")))
                .list();
    }

    /**
     * Of claimed events, those that are still ours; nobody takes them from us until the transaction
     * ends.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<Claimed> keep(Collection<Claimed> claimed) {
        var ids =
                jdbc.sql(
                                """
                                select e.lease, e.event_id
                                from unnest(:accounts::text[], :environments::text[], :ids::text[], :leases::uuid[])
                                    as given (account, environment, event_id, lease)
                                join stripe_event e
                                    on e.account = given.account and e.environment = given.environment
                                        and e.event_id = given.event_id and e.lease = given.lease
                                for no key update of e
                                """)
                        .param("accounts", Columns.texts(claimed, each -> each.event().account()))
                        .param(
                                "environments",
                                Columns.texts(claimed, each -> each.event().environment().code()))
                        .param("ids", Columns.texts(claimed, each -> each.event().id()))
                        .param("leases", claimed.stream().map(Claimed::lease).toArray(UUID[]::new))
                        .query((row, number) ->
                                row.getObject("lease", UUID.class) + row.getString("event_id"))
                        .set();
        return claimed.stream()
                .filter(each -> ids.contains(each.lease() + each.event().id()))
                .collect(Collectors.toSet());
    }

    /** Ends claimed events; those whose lease was lost stay as they are. */
    @Transactional
    public void end(List<Ended> ended) {
        if (ended.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update stripe_event e
                        set state = given.state, reason = given.reason, due_at = given.due_at, lease = null,
                            waits_for = given.waits_for
                        from unnest(:accounts::text[], :environments::text[], :ids::text[], :leases::uuid[], :states::text[],
                            :reasons::text[], :due::timestamptz[], :waits_for::text[])
                            as given (account, environment, event_id, lease, state, reason, due_at, waits_for)
                        where e.account = given.account and e.environment = given.environment
                            and e.event_id = given.event_id and e.lease = given.lease
                        """)
                .param("accounts", Columns.texts(ended, each -> each.claimed().event().account()))
                .param(
                        "environments",
                        Columns.texts(ended, each -> each.claimed().event().environment().code()))
                .param("ids", Columns.texts(ended, each -> each.claimed().event().id()))
                .param(
                        "leases",
                        ended.stream().map(each -> each.claimed().lease()).toArray(UUID[]::new))
                .param("states", Columns.texts(ended, Ended::state))
                .param("reasons", Columns.texts(ended, Ended::reason))
                .param("due", Columns.texts(ended, each -> each.dueAt().toString()))
                .param("waits_for", Columns.texts(ended, Ended::waitsFor))
                .update();
    }

    /** Events that waited for the orders of these payments are due now. */
    @Transactional
    public void wake(List<String> payments) {
        int woken =
                jdbc.sql(
                                """
                                update stripe_event
                                set due_at = :now
                                where waits_for <> '' and waits_for = any(:payments::text[]) and state = 'pending'
                                    and lease is null
                                """)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("payments", payments.toArray(String[]::new))
                        .update();
        if (woken > 0) {
            wake.afterCommit(WORK);
        }
    }

    private static ReceivedEvent event(ResultSet row) throws SQLException {
        return new ReceivedEvent(
                row.getString("account"),
                Environment.of(row.getString("environment")),
                row.getString("event_id"),
                row.getString("type"),
                row.getString("api_version"),
                row.getObject("event_created", OffsetDateTime.class).toInstant(),
                row.getBytes("body"));
    }
}
