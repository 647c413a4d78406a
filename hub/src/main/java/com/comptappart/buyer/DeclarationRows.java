package com.comptappart.buyer;

import com.comptappart.buyer.Declaration.State;
import com.comptappart.kernel.PartnerId;
import com.comptappart.queue.Leases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps declarations, and each state that they come to. */
@Repository
class DeclarationRows implements Leases {

    private static final Duration LEASE = Duration.ofMinutes(3);

    private final JdbcClient jdbc;
    private final KnownDeclarations known;
    private final Clock clock;

    DeclarationRows(JdbcClient jdbc, KnownDeclarations known, Clock clock) {
        this.jdbc = jdbc;
        this.known = known;
        this.clock = clock;
    }

    /** A declaration that Stripe must be asked for, under a lease. */
    record Claimed(Declaration declaration, UUID lease) {}

    /** One writer at a time for an address, until its transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(String email) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:key, 92))")
                .param("key", email.toLowerCase(Locale.ROOT))
                .query((row, number) -> true)
                .list();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void insert(Declaration made) {
        var said = made.said();
        var order = made.contract().order();
        jdbc.sql(
                        """
                        insert into declaration (
                            partner_id, declaration_id, environment, kind, name, email, reference, wished_on, motive, language,
                            order_id, account, subscription_id, made_at, state, reason, due_at)
                        values (:partner, :id, :environment, :kind, :name, :email, :reference, :wished, :motive, :language,
                            :order, :account, :subscription, :made, :state, :reason, :made)
                        """)
                .param("partner", made.partner().value())
                .param("id", made.id())
                .param("environment", made.environment().code())
                .param("kind", made.kind().code())
                .param("name", said.name())
                .param("email", said.email())
                .param("reference", said.reference())
                .param("wished", said.wishedOn())
                .param("motive", said.motive())
                .param("language", said.language())
                .param("order", order == null ? null : order.value())
                .param("account", made.contract().account())
                .param("subscription", made.contract().subscription())
                .param("made", utc(made.madeAt()))
                .param("state", made.state().code())
                .param("reason", made.reason())
                .update();
        step(made.partner(), made.id(), made.state(), made.reason());
    }

    @Override
    @Transactional
    public void releaseAll() {
        jdbc.sql("update declaration set lease = null, due_at = :now where lease is not null")
                .param("now", utc(clock.instant()))
                .update();
    }

    /** Takes those that Stripe must be asked for; a dead worker's come back with their lease. */
    @Transactional
    public List<Claimed> claim(int limit) {
        Instant now = clock.instant();
        var lease = UUID.randomUUID();
        return jdbc.sql(
                        """
                        with due as (
                            select partner_id, declaration_id
                            from declaration
                            where state in ('ending', 'resuming') and due_at <= :now
                            order by due_at
                            limit :limit
                            for update skip locked)
                        update declaration d
                        set lease = :lease, due_at = :until
                        from due
                        where d.partner_id = due.partner_id and d.declaration_id = due.declaration_id
                        returning d.partner_id, d.declaration_id, d.environment, d.kind, d.name, d.email, d.reference, d.wished_on,
                            d.motive, d.language, d.order_id, d.account, d.subscription_id, d.made_at, d.state, d.reason,
                            d.attempts, d.ends_at
                        """)
                .param("now", utc(now))
                .param("limit", limit)
                .param("lease", lease)
                .param("until", utc(now.plus(LEASE)))
                .query((row, number) ->
                        new Claimed(KnownDeclarations.declaration(row, number), lease))
                .list();
    }

    /** Puts it off; false where the lease is another's by now. */
    @Transactional
    public boolean putOff(Claimed claimed, Instant dueAt, String reason) {
        return jdbc.sql(
                                """
                                update declaration
                                set lease = null, due_at = :due, reason = :reason, attempts = attempts + 1
                                where partner_id = :partner and declaration_id = :id and lease = :lease
                                """)
                        .param("due", utc(dueAt))
                        .param("reason", reason)
                        .param("partner", claimed.declaration().partner().value())
                        .param("id", claimed.declaration().id())
                        .param("lease", claimed.lease())
                        .update()
                == 1;
    }

    /** What the work came to; empty where the lease is another's by now. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Declaration> settle(
            Claimed claimed, State state, String reason, @Nullable Instant endsAt) {
        int ours =
                jdbc.sql(
                                """
                                update declaration
                                set lease = null, state = :state, reason = :reason, ends_at = :ends, attempts = 0
                                where partner_id = :partner and declaration_id = :id and lease = :lease
                                """)
                        .param("state", state.code())
                        .param("reason", reason)
                        .param("ends", endsAt == null ? null : utc(endsAt))
                        .param("partner", claimed.declaration().partner().value())
                        .param("id", claimed.declaration().id())
                        .param("lease", claimed.lease())
                        .update();
        if (ours == 0) {
            return Optional.empty();
        }
        step(claimed.declaration().partner(), claimed.declaration().id(), state, reason);
        return known.byId(claimed.declaration().id());
    }

    /** From one state to another; false where it is in that state no more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean move(Declaration declaration, State from, State to) {
        int moved =
                jdbc.sql(
                                """
                                update declaration
                                set state = :to, reason = '', due_at = :now, lease = null
                                where partner_id = :partner and declaration_id = :id and state = :from
                                """)
                        .param("to", to.code())
                        .param("from", from.code())
                        .param("now", utc(clock.instant()))
                        .param("partner", declaration.partner().value())
                        .param("id", declaration.id())
                        .update();
        if (moved == 1) {
            step(declaration.partner(), declaration.id(), to, "");
        }
        return moved == 1;
    }

    private void step(PartnerId partner, String id, State state, String reason) {
        jdbc.sql(
                        """
                        insert into declaration_step (partner_id, declaration_id, number, at, state, reason)
                        select :partner, :id, coalesce(max(number), 0) + 1, :now, :state, :reason
                        from declaration_step
                        where partner_id = :partner and declaration_id = :id
                        """)
                .param("partner", partner.value())
                .param("id", id)
                .param("now", utc(clock.instant()))
                .param("state", state.code())
                .param("reason", reason)
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
