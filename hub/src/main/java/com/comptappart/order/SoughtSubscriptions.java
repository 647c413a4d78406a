package com.comptappart.order;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Finds subscriptions as people look for them. */
@Repository
public class SoughtSubscriptions {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** In which state, as people say it. */
    public enum Stage {
        /** Paid or on trial, without an end. */
        RUNNING,
        /** Running, with an end that is decided. */
        ENDING,
        /** Its money did not come. */
        UNPAID,
        PAUSED,
        ENDED
    }

    /**
     * Which subscriptions to list; null asks nothing.
     *
     * @param product its name, in any case, or Stripe's id
     * @param since the period ends then or later
     * @param until the period ends before then
     */
    public record Filter(
            @Nullable PartnerId partner,
            Environment environment,
            @Nullable Stage stage,
            @Nullable String email,
            @Nullable String product,
            @Nullable Instant since,
            @Nullable Instant until) {}

    /**
     * A subscription of a partner.
     *
     * @param knownAt when Stripe first told of it
     * @param latest what it sold last; null where nothing was paid so far
     */
    public record Found(SubscriptionState state, Instant knownAt, @Nullable Order latest) {}

    private final JdbcClient jdbc;

    SoughtSubscriptions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param partner null where every partner's may be found
     */
    public Optional<Found> find(
            @Nullable PartnerId partner, Environment environment, String subscriptionId) {
        return jdbc.sql(
                        """
                        select s.partner_id, s.account, s.environment, s.subscription_id, s.status, s.current_period_end,
                            s.cancel_at, s.canceled_at, s.content, s.as_of, s.known_at,
                            null::bigint as order_id, null::timestamptz as created_at, null::text as sold
                        from subscription s
                        where s.subscription_id = :id and s.environment = :environment
                            and (:partner::text is null or s.partner_id = :partner)
                        order by s.partner_id, s.account
                        limit 1
                        """)
                .param("id", subscriptionId)
                .param("environment", environment.code())
                .param("partner", partner == null ? null : partner.value())
                .query(SoughtSubscriptions::found)
                .optional();
    }

    /** The newest first. Planned anew each time: a plan for any filter would be good for none. */
    @Transactional
    public Page<Found> list(Filter filter, PageRequest page) {
        jdbc.sql("set local plan_cache_mode = force_custom_plan").update();
        var after = Cursor.of(page.after());
        var product = filter.product();
        var found =
                jdbc.sql(
                                """
                                select s.partner_id, s.account, s.environment, s.subscription_id, s.status, s.current_period_end,
                                    s.cancel_at, s.canceled_at, s.content, s.as_of, s.known_at,
                                    latest.order_id, latest.created_at, latest.content as sold
                                from subscription s
                                left join lateral (
                                    select o.order_id, o.created_at, o.content
                                    from paid_order o
                                    where o.account = s.account and o.environment = s.environment
                                        and o.subscription_id = s.subscription_id and o.subscription_id <> ''
                                        and o.partner_id = s.partner_id
                                    order by o.order_id desc
                                    limit 1) as latest on true
                                where s.environment = :environment
                                    and (:partner::text is null or s.partner_id = :partner)
                                    and (:stage::text is null or :stage = case
                                        when s.status in ('canceled', 'incomplete_expired') then 'ENDED'
                                        when s.status in ('past_due', 'unpaid', 'incomplete') then 'UNPAID'
                                        when s.status = 'paused' then 'PAUSED'
                                        when s.cancel_at is not null then 'ENDING'
                                        else 'RUNNING' end)
                                    and (:email::text is null
                                        or lower(s.content::jsonb -> 'buyer' ->> 'email') = lower(:email))
                                    and (:product::text is null or exists (
                                        select 1
                                        from paid_order o
                                        where o.account = s.account and o.environment = s.environment
                                            and o.subscription_id = s.subscription_id and o.subscription_id <> ''
                                            and o.partner_id = s.partner_id
                                            and o.products && array[:product, :name]::text[]))
                                    and (:since::timestamptz is null or s.current_period_end >= :since)
                                    and (:until::timestamptz is null or s.current_period_end < :until)
                                    and (s.known_at, s.subscription_id, s.partner_id, s.account)
                                        < (:known::timestamptz, :after, :after_partner, :after_account)
                                order by s.known_at desc, s.subscription_id desc, s.partner_id desc, s.account desc
                                limit :limit
                                """)
                        .param("environment", filter.environment().code())
                        .param(
                                "partner",
                                filter.partner() == null ? null : filter.partner().value())
                        .param("stage", filter.stage() == null ? null : filter.stage().name())
                        .param("email", filter.email())
                        .param("product", product)
                        .param("name", product == null ? null : product.toLowerCase(Locale.ROOT))
                        .param("since", Orders.utc(filter.since()))
                        .param("until", Orders.utc(filter.until()))
                        .param("known", after.knownAt())
                        .param("after", after.id())
                        .param("after_partner", after.partner())
                        .param("after_account", after.account())
                        .param("limit", page.limit() + 1)
                        .query(SoughtSubscriptions::found)
                        .list();
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        var shown = found.subList(0, page.limit());
        return new Page<>(shown, Cursor.text(shown.getLast()));
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        String sold = row.getString("sold");
        return new Found(
                Subscriptions.state(row, number),
                row.getObject("known_at", OffsetDateTime.class).toInstant(),
                sold == null
                        ? null
                        : new Order(
                                new OrderId(row.getLong("order_id")),
                                JSON.readValue(sold, PaidOrder.class),
                                row.getObject("created_at", OffsetDateTime.class).toInstant()));
    }

    /** Where a page ended. */
    private record Cursor(String knownAt, String id, String partner, String account) {

        static String text(Found last) {
            var state = last.state();
            String text =
                    String.join(
                            "\n",
                            last.knownAt().toString(),
                            state.subscriptionId(),
                            state.partner().value(),
                            state.account());
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        static Cursor of(@Nullable String text) {
            if (text == null) {
                return new Cursor("9999-01-01T00:00:00Z", "", "", "");
            }
            try {
                var parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)
                                .split("\n", -1);
                if (parts.length == 4 && text.length() < 4_096 && !text.contains("\0")) {
                    return new Cursor(
                            Instant.parse(parts[0]).toString(), parts[1], parts[2], parts[3]);
                }
            } catch (IllegalArgumentException | DateTimeException e) {
                // no cursor of ours, as said below
            }
            throw Refused.invalid(
                    "cursor_invalid", "after: pass a next_cursor of this list, unchanged");
        }
    }
}
