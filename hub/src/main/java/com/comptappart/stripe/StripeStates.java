package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.comptappart.partner.Partners;
import com.stripe.Stripe;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How we stand with Stripe in each mode, for who runs the hub; asks Stripe nothing. */
@Repository
public class StripeStates {

    /** Stripe's own address; any other is a sandbox. */
    private static final String STRIPE = "https://api.stripe.com";

    private static final int MOST = 10_000;

    /**
     * What is configured.
     *
     * @param apiBase where Stripe's API is
     * @param hasKey whether we can ask
     * @param keyKind what the key says of itself, such as {@code sk_test}; empty without one
     * @param secrets how many webhook secrets are accepted
     * @param accounts connected accounts of partners
     * @param apiVersion that we ask in
     * @param catchUpEvery zero for never
     */
    public record Setup(
            String apiBase,
            boolean sandbox,
            boolean hasKey,
            String keyKind,
            int secrets,
            int accounts,
            String apiVersion,
            Duration catchUpEvery) {}

    /**
     * An event on its way: made by Stripe, received, read.
     *
     * @param readAt null where it isn't yet
     */
    public record Event(
            String id,
            String type,
            String apiVersion,
            Instant createdAt,
            Instant receivedAt,
            @Nullable Instant readAt) {}

    /**
     * What came.
     *
     * @param unread to be read, ten thousand at most
     * @param unreadable waiting for a person, ten thousand at most
     * @param oldestUnread null where all are read
     */
    public record Inbox(
            List<Event> latest, long unread, long unreadable, @Nullable Instant oldestUnread) {
        public Inbox {
            latest = List.copyOf(latest);
        }

        public Optional<Event> last() {
            return latest.stream().findFirst();
        }
    }

    /**
     * How far we looked at Stripe on our own.
     *
     * @param task {@code events}, {@code objects} or {@code statement}
     * @param account empty for ours
     * @param trouble why the last look failed, empty where it did not
     */
    public record Look(
            String task, String account, Instant doneUntil, Instant nextAt, String trouble) {}

    /** All of it, of one mode. */
    public record Seen(Setup setup, Inbox inbox, List<Look> looks) {
        public Seen {
            looks = List.copyOf(looks);
        }
    }

    private final JdbcClient jdbc;
    private final StripeProperties properties;
    private final StripeCalls calls;
    private final Partners partners;

    StripeStates(
            JdbcClient jdbc, StripeProperties properties, StripeCalls calls, Partners partners) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.calls = calls;
        this.partners = partners;
    }

    public Seen of(Environment environment) {
        return new Seen(setup(environment), inbox(environment), looks(environment));
    }

    private Setup setup(Environment environment) {
        var mode = properties.of(environment);
        String base = properties.apiBase().replaceAll("/+$", "");
        return new Setup(
                base,
                !base.equals(STRIPE),
                calls.canAsk(environment),
                kind(mode.apiKey().strip()),
                mode.webhookSecrets().size(),
                partners.accounts().size(),
                Stripe.API_VERSION,
                properties.catchUpEvery());
    }

    /** Never more than what everybody may know of a key. */
    private static String kind(String key) {
        return List.of("sk_test", "sk_live", "rk_test", "rk_live").stream()
                .filter(kind -> key.startsWith(kind + "_"))
                .findFirst()
                .orElse("");
    }

    private Inbox inbox(Environment environment) {
        var latest =
                jdbc.sql(
                                """
                                select event_id, type, api_version, event_created, received_at,
                                    case when state <> 'pending' then due_at end as read_at
                                from stripe_event
                                where environment = :environment
                                order by received_at desc
                                limit 5
                                """)
                        .param("environment", environment.code())
                        .query(StripeStates::event)
                        .list();
        return jdbc.sql(
                        """
                        select count(*) filter (where state = 'pending') as unread,
                            count(*) filter (where state = 'attention') as unreadable,
                            min(received_at) filter (where state = 'pending') as oldest
                        from (
                            (select state, received_at
                            from stripe_event
                            where state = 'pending' and environment = :environment
                            limit :most)
                            union all
                            (select state, received_at
                            from stripe_event
                            where state = 'attention' and environment = :environment
                            limit :most)) as waiting
                        """)
                .param("environment", environment.code())
                .param("most", MOST)
                .query((row, number) ->
                        new Inbox(
                                latest,
                                row.getLong("unread"),
                                row.getLong("unreadable"),
                                instant(row.getTimestamp("oldest"))))
                .single();
    }

    private List<Look> looks(Environment environment) {
        return jdbc.sql(
                        """
                        select task, account, done_until, due_at, trouble
                        from stripe_place
                        where environment = :environment
                        order by task, account
                        limit 300
                        """)
                .param("environment", environment.code())
                .query((row, number) ->
                        new Look(
                                row.getString("task").toLowerCase(Locale.ROOT),
                                row.getString("account"),
                                row.getTimestamp("done_until").toInstant(),
                                row.getTimestamp("due_at").toInstant(),
                                row.getString("trouble")))
                .list();
    }

    private static Event event(ResultSet row, int number) throws SQLException {
        return new Event(
                row.getString("event_id"),
                row.getString("type"),
                row.getString("api_version"),
                row.getTimestamp("event_created").toInstant(),
                row.getTimestamp("received_at").toInstant(),
                instant(row.getTimestamp("read_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
