package com.comptappart.order;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is known of subscriptions. Events come late, twice and in any order: an older word never
 * replaces a newer one, and each thing is told once.
 */
@Repository
public class Subscriptions {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    Subscriptions(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /**
     * Records what happened and publishes what follows, in the caller's transaction.
     *
     * @return the updates that were not recorded: another one of the same second is known, and only
     *     Stripe can say what the subscription is now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<SubscriptionFact> record(List<SubscriptionFact> facts) {
        var notices = new ArrayList<SubscriptionNotice>();
        var tied = new ArrayList<SubscriptionFact>();
        // Sorted: two workers that record the same subscriptions wait for each other, never for
        // good. And partners are told in the order in which it happened.
        facts.stream()
                .sorted(
                        Comparator.comparing(Subscriptions::key)
                                .thenComparing(SubscriptionFact::at)
                                .thenComparing(SubscriptionFact::kind))
                .forEach(fact -> record(fact, notices, tied));
        if (!notices.isEmpty()) {
            events.publishEvent(new SubscriptionsChanged(notices));
        }
        return tied;
    }

    private void record(
            SubscriptionFact fact, List<SubscriptionNotice> notices, List<SubscriptionFact> tied) {
        var known = known(fact.state());
        if (known != null && fact.askedAt() == null && known.isTiedWith(fact)) {
            tied.add(fact);
            return;
        }
        boolean isNewer = known == null || known.isReplacedBy(fact);
        // Two events for one update say the same; the same said after another update is one more.
        boolean changes =
                fact.kind() == SubscriptionFact.Kind.UPDATED
                        && (known == null || known.isChangedBy(fact));
        var newest = known == null || isNewer ? fact.state() : known.state();
        // A failed payment brings the state along, as Stripe answered. Keeping it would leave
        // nothing to tell to the event of that very change, were it read later.
        if (isNewer && fact.kind() != SubscriptionFact.Kind.PAYMENT_FAILED) {
            store(newest, known, fact);
        }
        boolean tells =
                switch (fact.kind()) {
                    case UPDATED -> changes;
                    case CREATED -> isFirst(fact, "created");
                    case CANCELED -> isFirst(fact, "canceled");
                    case PAYMENT_FAILED -> isFirst(fact, "payment_failed " + fact.key());
                };
        if (tells) {
            notices.add(new SubscriptionNotice(fact.kind(), newest, fact.eventId(), fact.at()));
        }
    }

    /** The subscription as it is known, for that partner; locked until the transaction ends. */
    private @Nullable Known known(SubscriptionState of) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:key, 7))")
                .param("key", of.account() + " " + of.subscriptionId())
                .query((row, number) -> true)
                .single();
        return jdbc.sql(
                        """
                        select partner_id, account, environment, subscription_id, status, current_period_end, cancel_at,
                            canceled_at, content, as_of
                        from subscription
                        where partner_id = :partner and account = :account and environment = :environment
                            and subscription_id = :id
                        """)
                .param("partner", of.partner().value())
                .param("account", of.account())
                .param("environment", of.environment().code())
                .param("id", of.subscriptionId())
                .query((row, number) ->
                        new Known(
                                state(row, number),
                                content(row).updatesOrNone(),
                                content(row).askedAt()))
                .optional()
                .orElse(null);
    }

    private void store(SubscriptionState state, @Nullable Known known, SubscriptionFact fact) {
        String key = fact.kind() == SubscriptionFact.Kind.UPDATED ? fact.key() : "";
        String updates =
                known != null && known.state().asOf().equals(state.asOf())
                        ? known.updatesWith(key)
                        : key;
        var content = new Content(state.buyer(), updates, fact.askedAt());
        jdbc.sql(
                        """
                        insert into subscription (
                            partner_id, account, environment, subscription_id, status, current_period_end, cancel_at,
                            canceled_at, content, as_of, known_at)
                        values (:partner, :account, :environment, :id, :status, :period_end, :cancel_at, :canceled_at,
                            :content, :as_of, :as_of)
                        on conflict (partner_id, account, environment, subscription_id) do update
                        set status = excluded.status, current_period_end = excluded.current_period_end,
                            cancel_at = excluded.cancel_at, canceled_at = excluded.canceled_at,
                            content = excluded.content, as_of = excluded.as_of
                        """)
                .param("partner", state.partner().value())
                .param("account", state.account())
                .param("environment", state.environment().code())
                .param("id", state.subscriptionId())
                .param("status", state.status())
                .param("period_end", utc(state.currentPeriodEnd()))
                .param("cancel_at", utc(state.cancelAt()))
                .param("canceled_at", utc(state.canceledAt()))
                .param("content", JSON.writeValueAsString(content))
                .param("as_of", utc(state.asOf()))
                .update();
    }

    private boolean isFirst(SubscriptionFact fact, String what) {
        var state = fact.state();
        return jdbc.sql(
                                """
                                insert into subscription_told (partner_id, account, environment, subscription_id, what)
                                values (:partner, :account, :environment, :id, :what)
                                on conflict do nothing
                                """)
                        .param("partner", state.partner().value())
                        .param("account", state.account())
                        .param("environment", state.environment().code())
                        .param("id", state.subscriptionId())
                        .param("what", what)
                        .update()
                == 1;
    }

    /**
     * A subscription of a partner as it was last told.
     *
     * @param partner null where every partner's may be found
     */
    public Optional<SubscriptionState> find(
            @Nullable PartnerId partner, Environment environment, String subscriptionId) {
        return jdbc.sql(
                        """
                        select partner_id, account, environment, subscription_id, status, current_period_end, cancel_at,
                            canceled_at, content, as_of
                        from subscription
                        where subscription_id = :id and environment = :environment
                            and (:partner::text is null or partner_id = :partner)
                        order by partner_id, account
                        limit 1
                        """)
                .param("id", subscriptionId)
                .param("environment", environment.code())
                .param("partner", partner == null ? null : partner.value())
                .query(Subscriptions::state)
                .optional();
    }

    /** A subscription as it was last told, for every partner that is in it. */
    public List<SubscriptionState> known(
            String account, Environment environment, String subscriptionId) {
        return jdbc.sql(
                        """
                        select partner_id, account, environment, subscription_id, status, current_period_end, cancel_at,
                            canceled_at, content, as_of
                        from subscription
                        where account = :account and environment = :environment and subscription_id = :id
                        order by partner_id
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("id", subscriptionId)
                .query(Subscriptions::state)
                .list();
    }

    /**
     * Whether another update of the same second is known: of the two, the event's time says not
     * which came last.
     */
    public boolean isTied(
            String account,
            Environment environment,
            String subscriptionId,
            Instant asOf,
            String key) {
        return jdbc
                .sql(
                        """
                        select content
                        from subscription
                        where account = :account and environment = :environment and subscription_id = :id
                            and as_of = :as_of
                        """)
                .param("account", account)
                .param("environment", environment.code())
                .param("id", subscriptionId)
                .param("as_of", utc(asOf))
                .query((row, number) -> content(row).updatesOrNone())
                .list()
                .stream()
                .anyMatch(updates -> !updates.isEmpty() && !updates.contains(key));
    }

    /**
     * A subscription, the keys of the updates of its second, empty where there was none, and when
     * Stripe was asked for it.
     */
    private record Known(SubscriptionState state, String updates, @Nullable Instant askedAt) {

        boolean isTiedWith(SubscriptionFact fact) {
            return fact.kind() == SubscriptionFact.Kind.UPDATED
                    && fact.state().asOf().equals(state.asOf())
                    && fact.state().isEnded() == state.isEnded()
                    && !updates.isEmpty()
                    && !updates.contains(fact.key());
        }

        boolean isChangedBy(SubscriptionFact fact) {
            return !fact.state().isOlderThan(state) && !updates.contains(fact.key());
        }

        /** The keys of the updates of its second, and that one. */
        String updatesWith(String key) {
            return updates.contains(key) ? updates : (updates + " " + key).strip();
        }

        /** The end beats all, then the later word does; in one second, the later answer. */
        boolean isReplacedBy(SubscriptionFact fact) {
            if (fact.state().isEnded() != state.isEnded()
                    || !fact.state().asOf().equals(state.asOf())) {
                return fact.state().isNewerThan(state);
            }
            if (askedAt != null && (fact.askedAt() == null || fact.askedAt().isBefore(askedAt))) {
                return false;
            }
            // What was created is the oldest of its second.
            return fact.kind() != SubscriptionFact.Kind.CREATED;
        }
    }

    private record Content(
            @Nullable Buyer buyer, @Nullable String lastUpdate, @Nullable Instant askedAt) {
        String updatesOrNone() {
            return lastUpdate == null ? "" : lastUpdate;
        }
    }

    private static Content content(ResultSet row) throws SQLException {
        return JSON.readValue(row.getString("content"), Content.class);
    }

    static SubscriptionState state(ResultSet row, int number) throws SQLException {
        return new SubscriptionState(
                new PartnerId(row.getString("partner_id")),
                row.getString("account"),
                Environment.of(row.getString("environment")),
                row.getString("subscription_id"),
                row.getString("status"),
                instant(row, "current_period_end"),
                instant(row, "cancel_at"),
                instant(row, "canceled_at"),
                content(row).buyer(),
                row.getObject("as_of", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static String key(SubscriptionFact fact) {
        return fact.state().account()
                + " "
                + fact.state().subscriptionId()
                + " "
                + fact.state().partner();
    }
}
