package com.comptappart.stripe;

import com.comptappart.kernel.PartnerId;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The lines of the sessions that we made, so that their payment needs no read of Stripe. Kept for
 * 30 days: a session lives a day, a delayed payment's answer may take two weeks.
 */
@Repository
class CheckoutSessionRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int SWEPT_AT_ONCE = 10;

    private final JdbcClient jdbc;
    private final Clock clock;

    CheckoutSessionRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Remembers a session's lines; once, however often it is told. */
    @Transactional
    public void remember(PartnerId partner, Source source, String session, JsonNode lines) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql(
                        """
                        insert into checkout_session (partner_id, session_id, account, environment, lines, created_at)
                        values (:partner, :session, :account, :environment, :lines, :now)
                        on conflict do nothing
                        """)
                .param("partner", partner.value())
                .param("session", session)
                .param("account", source.account())
                .param("environment", source.environment().code())
                .param("lines", lines.toString())
                .param("now", now)
                .update();
        jdbc.sql(
                        """
                        with old as (
                            select partner_id, session_id
                            from checkout_session
                            where created_at < :since
                            order by created_at
                            limit :limit
                            for update skip locked)
                        delete from checkout_session s using old
                        where s.partner_id = old.partner_id and s.session_id = old.session_id
                        """)
                .param("since", now.minus(KEPT))
                .param("limit", SWEPT_AT_ONCE)
                .update();
    }

    /**
     * The lines of a session as a list of Stripe's, if they are still what was charged; missing
     * where we did not make it, or a tax, a discount or a quantity came after.
     */
    JsonNode lines(Source source, JsonNode session, String id) {
        // Those that we made say whose they are: others cost no query.
        if (!session.path("metadata").path("partner").isString()) {
            return MissingNode.getInstance();
        }
        return find(source, id)
                .map(JSON::readTree)
                .filter(lines -> isCharged(lines, session))
                .orElse(MissingNode.getInstance());
    }

    private Optional<String> find(Source source, String id) {
        return jdbc.sql(
                        """
                        select lines
                        from checkout_session
                        where account = :account and environment = :environment and session_id = :session
                        """)
                .param("account", source.account())
                .param("environment", source.environment().code())
                .param("session", id)
                .query((row, number) -> row.getString("lines"))
                .optional();
    }

    private static boolean isCharged(JsonNode lines, JsonNode session) {
        var details = session.path("total_details");
        long shipping = session.path("shipping_cost").path("amount_total").asLong(0);
        return lines.path("currency").asString("").equals(session.path("currency").asString(""))
                && !session.path("automatic_tax").path("enabled").asBoolean(false)
                && details.path("amount_tax").asLong(0) == 0
                && details.path("amount_discount").asLong(0) == 0
                && sum(lines, "amount_tax") == 0
                && sum(lines, "amount_total") + shipping == session.path("amount_total").asLong(-1);
    }

    private static long sum(JsonNode lines, String field) {
        return lines.path("data").valueStream().mapToLong(line -> line.path(field).asLong(0)).sum();
    }
}
