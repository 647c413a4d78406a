package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.Refused;
import com.comptappart.queue.Wake;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Stripe's events as an operator sees them. */
@Repository
public class StripeEvents {

    /** One event and why it did not go through. */
    public record Event(
            String account,
            Environment environment,
            String id,
            String type,
            String apiVersion,
            Instant receivedAt,
            String reason,
            int attempts) {}

    private static final String FIRST = "9999-01-01T00:00:00Z";

    private final JdbcClient jdbc;
    private final Wake wake;
    private final Clock clock;

    StripeEvents(JdbcClient jdbc, Wake wake, Clock clock) {
        this.jdbc = jdbc;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * Events that could not be read, and those that have waited for Stripe more than once; newest
     * first.
     */
    public Page<Event> needingAttention(Environment environment, PageRequest page) {
        var after = Cursor.of(page.after());
        var found =
                jdbc.sql(
                                """
                                select account, environment, event_id, type, api_version, received_at, reason, attempts
                                from stripe_event
                                where environment = :environment
                                    and (state = 'attention' or (state = 'pending' and reason <> '' and attempts > 1))
                                    and (received_at, event_id, account) < (:received::timestamptz, :id, :account)
                                order by received_at desc, event_id desc, account desc
                                limit :limit
                                """)
                        .param("environment", environment.code())
                        .param("received", after.receivedAt())
                        .param("id", after.id())
                        .param("account", after.account())
                        .param("limit", page.limit() + 1)
                        .query(StripeEvents::event)
                        .list();
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        var shown = found.subList(0, page.limit());
        return new Page<>(shown, Cursor.text(shown.getLast()));
    }

    /** Which of those events are kept here. */
    public Set<String> kept(Environment environment, String account, Collection<String> ids) {
        return Set.copyOf(
                jdbc.sql(
                                """
                                select event_id
                                from stripe_event
                                where account = :account and environment = :environment and event_id = any(:ids::text[])
                                """)
                        .param("account", account)
                        .param("environment", environment.code())
                        .param("ids", ids.toArray(String[]::new))
                        .query(String.class)
                        .list());
    }

    /** What Stripe sent, to the byte; empty where the event is not kept here. */
    public Optional<String> body(Environment environment, String account, String id) {
        return jdbc.sql(
                        """
                        select body
                        from stripe_event
                        where account = :account and environment = :environment and event_id = :id
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("id", id)
                .query((row, number) -> new String(row.getBytes("body"), StandardCharsets.UTF_8))
                .optional();
    }

    /** How many events are still to be read. */
    public long unread(Environment environment) {
        return jdbc.sql(
                        """
                        select count(*)
                        from stripe_event
                        where environment = :environment and state = 'pending'
                        """)
                .param("environment", environment.code())
                .query(Long.class)
                .single();
    }

    /**
     * Lets a worker read the event again, now; nothing where it was read meanwhile.
     *
     * @throws Refused when there is no such event
     */
    @Transactional
    public void readAgain(Environment environment, String account, String eventId) {
        int changed =
                jdbc.sql(
                                """
                                update stripe_event
                                set state = 'pending', reason = '', attempts = 0, due_at = :now
                                where account = :account and environment = :environment and event_id = :id
                                    and state in ('attention', 'pending') and lease is null
                                """)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("account", account)
                        .param("environment", environment.code())
                        .param("id", eventId)
                        .update();
        if (changed == 0 && !exists(environment, account, eventId)) {
            throw Refused.notFound("event_not_found", "there is no Stripe event " + eventId);
        }
        wake.afterCommit(StripeEventRows.WORK);
    }

    private boolean exists(Environment environment, String account, String eventId) {
        return jdbc.sql(
                        """
                        select exists (
                            select 1
                            from stripe_event
                            where account = :account and environment = :environment and event_id = :id)
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("id", eventId)
                .query(Boolean.class)
                .single();
    }

    private static Event event(ResultSet row, int number) throws SQLException {
        return new Event(
                row.getString("account"),
                Environment.of(row.getString("environment")),
                row.getString("event_id"),
                row.getString("type"),
                row.getString("api_version"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getInt("attempts"));
    }

    /** Where a page ended. */
    private record Cursor(String receivedAt, String id, String account) {

        static String text(Event last) {
            String text = last.receivedAt() + "\n" + last.id() + "\n" + last.account();
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        static Cursor of(@Nullable String text) {
            if (text == null) {
                return new Cursor(FIRST, "", "");
            }
            try {
                var parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)
                                .split("\n", -1);
                if (parts.length == 3 && text.length() < 4_096 && !text.contains("\0")) {
                    return new Cursor(Instant.parse(parts[0]).toString(), parts[1], parts[2]);
                }
            } catch (IllegalArgumentException | DateTimeParseException e) {
                // no cursor of ours, as said below
            }
            throw Refused.invalid(
                    "cursor_invalid", "after: pass a next_cursor of this list, unchanged");
        }
    }
}
