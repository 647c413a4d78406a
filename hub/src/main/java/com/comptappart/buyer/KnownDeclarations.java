package com.comptappart.buyer;

import com.comptappart.buyer.Declaration.Contract;
import com.comptappart.buyer.Declaration.Kind;
import com.comptappart.buyer.Declaration.Said;
import com.comptappart.buyer.Declaration.State;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where declarations are found. */
@Repository
class KnownDeclarations {

    private static final int MOST = 50;

    private final JdbcClient jdbc;

    KnownDeclarations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The same, made by that address since then and not taken back. */
    Optional<Declaration> same(Kind kind, Said said, Instant since) {
        return since(said.email(), since).stream()
                .filter(each -> each.kind() == kind)
                .filter(each -> each.state() != State.RESUMING && each.state() != State.RESUMED)
                .filter(each -> each.said().equals(said))
                .findFirst();
    }

    /** What that address declared since then, newest first. */
    List<Declaration> since(String email, Instant since) {
        return jdbc.sql(
                        """
                        select partner_id, declaration_id, environment, kind, name, email, reference, wished_on, motive, language,
                            order_id, account, subscription_id, made_at, state, reason, attempts, ends_at
                        from declaration
                        where lower(email) = lower(:email) and made_at > :since
                        order by made_at desc
                        limit :most
                        """)
                .param("email", email)
                .param("most", MOST)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(KnownDeclarations::declaration)
                .list();
    }

    /** By its id, which nobody guesses; whoever shows it to others asks for the partner too. */
    Optional<Declaration> byId(String id) {
        return jdbc.sql(
                        """
                        select partner_id, declaration_id, environment, kind, name, email, reference, wished_on, motive, language,
                            order_id, account, subscription_id, made_at, state, reason, attempts, ends_at
                        from declaration
                        where declaration_id = :id
                        """)
                .param("id", id)
                .query(KnownDeclarations::declaration)
                .optional();
    }

    /** Those that a person must look at, newest first; null stands for all partners. */
    List<Declaration> open(@Nullable PartnerId partner, Environment environment, int limit) {
        return jdbc.sql(
                        """
                        select partner_id, declaration_id, environment, kind, name, email, reference, wished_on, motive, language,
                            order_id, account, subscription_id, made_at, state, reason, attempts, ends_at
                        from declaration
                        where (:partner::text is null or partner_id = :partner) and environment = :environment
                            and (state = 'open' or (state in ('ending', 'resuming') and reason <> ''))
                        order by made_at desc
                        limit :limit
                        """)
                .param("partner", partner == null ? null : partner.value())
                .param("environment", environment.code())
                .param("limit", limit)
                .query(KnownDeclarations::declaration)
                .list();
    }

    /** Those about that order, oldest first. */
    List<Declaration> ofOrder(OrderId order) {
        return jdbc.sql(
                        """
                        select partner_id, declaration_id, environment, kind, name, email, reference, wished_on, motive, language,
                            order_id, account, subscription_id, made_at, state, reason, attempts, ends_at
                        from declaration
                        where order_id = :order
                        order by made_at
                        limit :most
                        """)
                .param("order", order.value())
                .param("most", MOST)
                .query(KnownDeclarations::declaration)
                .list();
    }

    List<Declaration.Step> steps(Declaration of) {
        return jdbc.sql(
                        """
                        select at, state, reason
                        from declaration_step
                        where partner_id = :partner and declaration_id = :id
                        order by number
                        """)
                .param("partner", of.partner().value())
                .param("id", of.id())
                .query((row, number) ->
                        new Declaration.Step(
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                State.of(row.getString("state")),
                                row.getString("reason")))
                .list();
    }

    static Declaration declaration(ResultSet row, int number) throws SQLException {
        long order = row.getLong("order_id");
        boolean hasOrder = !row.wasNull();
        @Nullable OffsetDateTime ends = row.getObject("ends_at", OffsetDateTime.class);
        return new Declaration(
                row.getString("declaration_id"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                new PartnerId(row.getString("partner_id")),
                Environment.of(row.getString("environment")),
                new Said(
                        row.getString("name"),
                        row.getString("email"),
                        row.getString("reference"),
                        row.getObject("wished_on", LocalDate.class),
                        row.getString("motive"),
                        row.getString("language")),
                new Contract(
                        hasOrder ? new OrderId(order) : null,
                        row.getString("account"),
                        row.getString("subscription_id")),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                State.of(row.getString("state")),
                row.getString("reason"),
                row.getInt("attempts"),
                ends == null ? null : ends.toInstant());
    }
}
