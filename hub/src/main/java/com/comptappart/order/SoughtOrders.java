package com.comptappart.order;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds orders as people look for them. */
@Repository
public class SoughtOrders {

    private static final int LATEST = 500;
    private static final int NAMES = 50;
    private static final int OF_SUBSCRIPTION = 100;

    private final JdbcClient jdbc;

    SoughtOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Newest first. Planned anew each time: a plan for any filter would be good for none. The
     * orders of a page are found by an index before any is read.
     */
    @Transactional
    public Page<Order> list(OrderFilter filter, Sought sought, PageRequest page) {
        jdbc.sql("set local plan_cache_mode = force_custom_plan").update();
        var state = sought.state();
        var found =
                jdbc.sql(
                                """
                                with found as (
                                    select o.order_id
                                    from paid_order o
                                    where (:partner::text is null or o.partner_id = :partner)
                                        and (:environment::text is null or o.environment = :environment)
                                        and (:email::text is null or lower(o.email) = lower(:email))
                                        and (:event::text is null or o.event_id = :event)
                                        and (:order::bigint is null or o.order_id = :order)
                                        and (:product::text is null or o.products && array[:product, :name]::text[])
                                        and (:reason::text is null or o.billing_reason = :reason)
                                        and (:since::timestamptz is null or o.paid_at >= :since)
                                        and (:until::timestamptz is null or o.paid_at < :until)
                                        and (:least::bigint[] is null or o.total_minor >= case
                                            when o.currency = any(:none::text[]) then (:least::bigint[])[1]
                                            when o.currency = any(:three::text[]) then (:least::bigint[])[3]
                                            else (:least::bigint[])[2] end)
                                        and (:most::bigint[] is null or o.total_minor <= case
                                            when o.currency = any(:none::text[]) then (:most::bigint[])[1]
                                            when o.currency = any(:three::text[]) then (:most::bigint[])[3]
                                            else (:most::bigint[])[2] end)
                                        and (:attention::boolean is null or o.attention <> '')
                                        and (:disputed::boolean is null or o.order_id in (select d.order_id from dispute d))
                                        and (:refunded::boolean is null or o.order_id in (
                                            select r.order_id from order_refund r where r.completes))
                                        and (:partly::boolean is null or o.order_id in (
                                            select r.order_id from order_refund r
                                            group by r.order_id having not bool_or(r.completes)))
                                        and (:untouched::boolean is null or (
                                            o.order_id not in (select r.order_id from order_refund r)
                                            and o.order_id not in (select d.order_id from dispute d)))
                                        and o.order_id < :before
                                    order by o.order_id desc
                                    limit :limit)
                                select o.order_id, o.created_at, o.content
                                from found
                                join paid_order o on o.order_id = found.order_id
                                order by o.order_id desc
                                """)
                        .param("partner", code(filter.partner()))
                        .param("environment", code(filter.environment()))
                        .param("email", filter.email())
                        .param("event", filter.eventId())
                        .param("order", filter.order() == null ? null : filter.order().value())
                        .param("product", sought.product())
                        .param(
                                "name",
                                sought.product() == null
                                        ? null
                                        : sought.product().toLowerCase(Locale.ROOT))
                        .param("reason", sought.billingReason())
                        .param("since", Orders.utc(sought.since()))
                        .param("until", Orders.utc(sought.until()))
                        .param("least", minor(sought.least(), RoundingMode.CEILING))
                        .param("most", minor(sought.most(), RoundingMode.FLOOR))
                        .param("none", Currency.withDecimals(0).toArray(String[]::new))
                        .param("three", Currency.withDecimals(3).toArray(String[]::new))
                        .param("attention", asks(state, Sought.State.ATTENTION))
                        .param("disputed", asks(state, Sought.State.DISPUTED))
                        .param("refunded", asks(state, Sought.State.REFUNDED))
                        .param("partly", asks(state, Sought.State.PARTLY_REFUNDED))
                        .param("untouched", asks(state, Sought.State.PAID))
                        .param("before", Orders.before(page))
                        .param("limit", page.limit() + 1)
                        .query(Orders::order)
                        .list();
        return Orders.page(found, page);
    }

    /** What a subscription of that partner sold, newest first; the last hundred. */
    public List<Order> ofSubscription(SubscriptionState subscription) {
        return jdbc.sql(
                        """
                        select order_id, created_at, content
                        from paid_order
                        where account = :account and environment = :environment and subscription_id = :subscription
                            and subscription_id <> '' and partner_id = :partner
                        order by order_id desc
                        limit :most
                        """)
                .param("account", subscription.account())
                .param("environment", subscription.environment().code())
                .param("subscription", subscription.subscriptionId())
                .param("partner", subscription.partner().value())
                .param("most", OF_SUBSCRIPTION)
                .query(Orders::order)
                .list();
    }

    /** What was sold lately, as {@link Sought#product} names it. */
    public List<String> productNames(@Nullable PartnerId partner, Environment environment) {
        return jdbc.sql(
                        """
                        select distinct word
                        from (
                            select products
                            from paid_order
                            where (:partner::text is null or partner_id = :partner) and environment = :environment
                            order by order_id desc
                            limit :latest) as latest
                        cross join lateral unnest(products) as word
                        where word not like 'prod\\_%'
                        order by word
                        limit :names
                        """)
                .param("partner", code(partner))
                .param("environment", environment.code())
                .param("latest", LATEST)
                .param("names", NAMES)
                .query((row, number) -> row.getString("word"))
                .list();
    }

    private static @Nullable String code(@Nullable PartnerId partner) {
        return partner == null ? null : partner.value();
    }

    private static @Nullable String code(@Nullable Environment environment) {
        return environment == null ? null : environment.code();
    }

    private static @Nullable Boolean asks(Sought.@Nullable State state, Sought.State which) {
        return state == which ? true : null;
    }

    /** In minor units of currencies with 0, 2 and 3 decimals. */
    private static Long @Nullable [] minor(@Nullable BigDecimal amount, RoundingMode rounding) {
        return amount == null
                ? null
                : new Long[] {
                    minor(amount, 0, rounding),
                    minor(amount, 2, rounding),
                    minor(amount, 3, rounding)
                };
    }

    private static long minor(BigDecimal amount, int decimals, RoundingMode rounding) {
        return amount.movePointRight(decimals).setScale(0, rounding).longValueExact();
    }
}
