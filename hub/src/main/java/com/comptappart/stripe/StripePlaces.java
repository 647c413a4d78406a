package com.comptappart.stripe;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Environment;
import com.comptappart.partner.Partners;
import com.comptappart.queue.Leases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The accounts that we look at on our own: ours and those that partners are bound to, in each mode
 * that has a key. One node at a time looks at one, under a lease that a dead node loses.
 */
@Repository
class StripePlaces implements Leases {

    /** What is looked at. */
    enum Task {
        EVENTS,
        OBJECTS,
        STATEMENT;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param account the connected account, empty for our own
     */
    record Place(Environment environment, String account) {}

    /** A place that is ours to look at until the lease ends. */
    record Held(Task task, Place place, Instant doneUntil, UUID lease) {}

    private static final Duration LEASE = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final StripeCalls calls;
    private final Partners partners;
    private final Clock clock;

    StripePlaces(JdbcClient jdbc, StripeCalls calls, Partners partners, Clock clock) {
        this.jdbc = jdbc;
        this.calls = calls;
        this.partners = partners;
        this.clock = clock;
    }

    List<Place> all() {
        var all = new ArrayList<Place>();
        var accounts = partners.accounts();
        for (Environment environment : Environment.values()) {
            if (calls.canAsk(environment)) {
                all.add(new Place(environment, ""));
                accounts.forEach(account -> all.add(new Place(environment, account)));
            }
        }
        return all;
    }

    /**
     * Makes rows for places that have none. What was sold before the hub was there is no business
     * of ours: looking begins where the last received event is, else now.
     */
    @Transactional
    public void know(Task task, List<Place> places, Instant dueAt) {
        insert(task, places, dueAt, null);
    }

    /** Makes rows for places that have none; looking begins there. */
    @Transactional
    public void knowFrom(Task task, List<Place> places, Instant dueAt, Instant from) {
        insert(task, places, dueAt, from);
    }

    private void insert(Task task, List<Place> places, Instant dueAt, @Nullable Instant from) {
        jdbc.sql(
                        """
                        insert into stripe_place (task, account, environment, done_until, due_at)
                        select :task, account, environment, coalesce(:from::timestamptz, (
                            select max(received_at)
                            from stripe_event e
                            where e.account = given.account and e.environment = given.environment), :now), :due
                        from unnest(:accounts::text[], :environments::text[]) as given (account, environment)
                        where not exists (
                            select 1
                            from stripe_place p
                            where p.task = :task and p.account = given.account and p.environment = given.environment)
                        on conflict (task, account, environment) do nothing
                        """)
                .param("task", task.code())
                .param("now", at(clock.instant()))
                .param("due", at(dueAt))
                .param("from", from == null ? null : at(from))
                .param("accounts", Columns.texts(places, Place::account))
                .param("environments", Columns.texts(places, each -> each.environment().code()))
                .update();
    }

    /** Lets one be looked at soon: something moved there. Costs nothing where it is due by then. */
    @Transactional
    public void dueBy(Task task, List<Place> places, Instant dueAt) {
        jdbc.sql(
                        """
                        update stripe_place p
                        set due_at = :due
                        from unnest(:accounts::text[], :environments::text[]) as given (account, environment)
                        where p.task = :task and p.account = given.account and p.environment = given.environment
                            and p.lease is null and p.due_at > :due
                        """)
                .param("task", task.code())
                .param("due", at(dueAt))
                .param("accounts", Columns.texts(places, Place::account))
                .param("environments", Columns.texts(places, each -> each.environment().code()))
                .update();
    }

    /** Lets all that nobody holds be looked at now. */
    @Transactional
    public void dueNow(Task task) {
        jdbc.sql("update stripe_place set due_at = :now where task = :task and lease is null")
                .param("task", task.code())
                .param("now", at(clock.instant()))
                .update();
    }

    /**
     * Moves what is planned for a whole hour to another time, as after a change of the setting;
     * what is tried again some minutes after a failure stays.
     */
    @Transactional
    public void plan(Task task, Instant dueAt) {
        Instant now = clock.instant();
        jdbc.sql(
                        """
                        update stripe_place
                        set due_at = :due
                        where task = :task and lease is null and due_at > :now and due_at <> :due
                            and due_at = date_trunc('hour', due_at, 'UTC')
                        """)
                .param("task", task.code())
                .param("now", at(now))
                .param("due", at(dueAt))
                .update();
    }

    @Override
    @Transactional
    public void releaseAll() {
        jdbc.sql("update stripe_place set lease = null, due_at = :now where lease is not null")
                .param("now", at(clock.instant()))
                .update();
    }

    /** Takes one place that is due. */
    @Transactional
    public Optional<Held> claim(Task task, List<Place> places) {
        Instant now = clock.instant();
        var lease = UUID.randomUUID();
        return jdbc.sql(
                        """
                        with due as (
                            select p.account, p.environment
                            from stripe_place p
                            join unnest(:accounts::text[], :environments::text[]) as given (account, environment)
                                on given.account = p.account and given.environment = p.environment
                            where p.task = :task and p.due_at <= :now
                            order by p.due_at
                            limit 1
                            for update of p skip locked)
                        update stripe_place p
                        set lease = :lease, due_at = :until
                        from due
                        where p.task = :task and p.account = due.account and p.environment = due.environment
                        returning p.account, p.environment, p.done_until
                        """)
                .param("task", task.code())
                .param("accounts", Columns.texts(places, Place::account))
                .param("environments", Columns.texts(places, each -> each.environment().code()))
                .param("now", at(now))
                .param("lease", lease)
                .param("until", at(now.plus(LEASE)))
                .query((row, number) -> held(task, lease, row))
                .optional();
    }

    private static Held held(Task task, UUID lease, ResultSet row) throws SQLException {
        return new Held(
                task,
                new Place(Environment.of(row.getString("environment")), row.getString("account")),
                row.getObject("done_until", OffsetDateTime.class).toInstant(),
                lease);
    }

    /** Keeps how far we came and the lease; false where the lease was lost. */
    @Transactional
    public boolean advance(Held held, Instant doneUntil) {
        return update(held, doneUntil, clock.instant().plus(LEASE), held.lease(), "");
    }

    /** Gives the place back until it is due again. */
    @Transactional
    public boolean end(Held held, Instant doneUntil, Instant dueAt) {
        return update(held, doneUntil, dueAt, null, "");
    }

    /** Gives the place back as it was, and says why. */
    @Transactional
    public boolean fail(Held held, Instant dueAt, String trouble) {
        return update(held, held.doneUntil(), dueAt, null, trouble);
    }

    private boolean update(
            Held held, Instant doneUntil, Instant dueAt, @Nullable UUID lease, String trouble) {
        return jdbc.sql(
                                """
                                update stripe_place
                                set done_until = greatest(done_until, :done), due_at = :due, lease = :lease,
                                    trouble = :trouble
                                where task = :task and account = :account and environment = :environment
                                    and lease = :held
                                """)
                        .param("done", at(doneUntil))
                        .param("due", at(dueAt))
                        .param("lease", lease, Types.OTHER)
                        .param("trouble", trouble)
                        .param("task", held.task().code())
                        .param("account", held.place().account())
                        .param("environment", held.place().environment().code())
                        .param("held", held.lease())
                        .update()
                == 1;
    }

    /** Where a place's calls go, each in its own time. */
    Source source(Place place) {
        return new Source(
                place.environment(),
                place.account(),
                clock.instant().plus(Duration.ofMinutes(1)),
                "the lists");
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
