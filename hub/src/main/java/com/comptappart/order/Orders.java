package com.comptappart.order;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.Page;
import com.comptappart.kernel.PageRequest;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Where orders are kept. */
@Repository
public class Orders {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String COLUMNS = "order_id, created_at, content";

    private final JdbcClient jdbc;
    private final PaymentLocks payments;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Orders(JdbcClient jdbc, PaymentLocks payments, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.payments = payments;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Stores what was paid, each once however often it is told, and publishes {@link OrdersPaid}
     * with the new ones, in the caller's transaction.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Order> record(List<PaidOrder> paid) {
        if (paid.isEmpty()) {
            return List.of();
        }
        Map<String, PaidOrder> byKey = new LinkedHashMap<>();
        paid.forEach(each -> byKey.putIfAbsent(key(each), each));
        // Sorted: two workers that record the same orders wait for each other, never for good.
        var unique =
                byKey.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList();
        payments.take(unique.stream().flatMap(each -> PaymentKey.allOf(each).stream()).toList());
        Instant now = clock.instant();
        var created =
                insert(unique, now).stream()
                        .map(row -> new Order(row.id(), byKeyOf(byKey, row.key()), now))
                        .sorted((a, b) -> Long.compare(a.id().value(), b.id().value()))
                        .toList();
        if (!created.isEmpty()) {
            events.publishEvent(new OrdersPaid(created));
        }
        return created;
    }

    private static PaidOrder byKeyOf(Map<String, PaidOrder> byKey, String key) {
        var found = byKey.get(key);
        if (found == null) {
            throw new IllegalStateException(
                    "the database returned an order that was not given: " + key);
        }
        return found;
    }

    private record Inserted(OrderId id, String key) {}

    private List<Inserted> insert(List<PaidOrder> orders, Instant now) {
        return jdbc.sql(
                        """
                        insert into paid_order (
                            partner_id, environment, account, stripe_object, event_id, email, currency,
                            total_minor, tax_minor, billing_reason, attention, paid_at, payment_reference, subscription_id, created_at,
                            content, products)
                        select partner_id, environment, account, stripe_object, event_id, email, currency,
                            total_minor, tax_minor, billing_reason, attention, paid_at, payment_reference, subscription_id, :now, content,
                            string_to_array(products, E'\\n')
                        from unnest(
                            :partners::text[], :environments::text[], :accounts::text[], :objects::text[], :events::text[],
                            :emails::text[], :currencies::text[], :totals::bigint[], :taxes::bigint[], :reasons::text[],
                            :attentions::text[], :paid::timestamptz[], :payments::text[], :subscriptions::text[],
                            :contents::text[], :products::text[])
                            with ordinality as given (
                                partner_id, environment, account, stripe_object, event_id, email, currency,
                                total_minor, tax_minor, billing_reason, attention, paid_at, payment_reference, subscription_id, content,
                                products, position)
                        order by position
                        on conflict (account, environment, stripe_object, partner_id) do nothing
                        returning order_id, account || ' ' || environment || ' ' || stripe_object || ' ' || partner_id as key
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("partners", Columns.texts(orders, order -> order.partner().value()))
                .param("environments", Columns.texts(orders, order -> order.environment().code()))
                .param("accounts", Columns.texts(orders, PaidOrder::account))
                .param("objects", Columns.texts(orders, PaidOrder::stripeObject))
                .param("events", Columns.texts(orders, PaidOrder::eventId))
                .param("emails", Columns.texts(orders, order -> orEmpty(order.buyer().email())))
                .param("currencies", Columns.texts(orders, order -> order.currency().code()))
                .param("totals", Columns.longs(orders, PaidOrder::total))
                .param("taxes", Columns.longs(orders, PaidOrder::tax))
                .param("reasons", Columns.texts(orders, PaidOrder::billingReason))
                .param("attentions", Columns.texts(orders, PaidOrder::attention))
                .param("paid", Columns.texts(orders, order -> order.payment().paidAt().toString()))
                .param("payments", Columns.texts(orders, order -> order.payment().reference()))
                .param(
                        "subscriptions",
                        Columns.texts(orders, order -> orEmpty(order.subscriptionId())))
                .param("contents", Columns.texts(orders, JSON::writeValueAsString))
                .param("products", Columns.texts(orders, Orders::products))
                .query((row, number) ->
                        new Inserted(new OrderId(row.getLong("order_id")), row.getString("key")))
                .list();
    }

    /** The order, if the reader may see it; null stands for the operator, who sees all. */
    public Optional<Order> find(
            @Nullable PartnerId partner, @Nullable Environment environment, OrderId id) {
        var filter = new OrderFilter(partner, environment, null, null, id, null, null);
        return list(filter, new PageRequest(1, null)).data().stream().findFirst();
    }

    public List<Order> byIds(Collection<OrderId> ids) {
        return jdbc.sql(
                        "select "
                                + COLUMNS
                                + " from paid_order where order_id = any(:ids::bigint[])")
                .param("ids", Columns.longs(ids, OrderId::value))
                .query(Orders::order)
                .list();
    }

    /** Newest first. */
    public Page<Order> list(OrderFilter filter, PageRequest page) {
        var found =
                jdbc.sql(
                                """
                                select order_id, created_at, content
                                from paid_order
                                where (:partner::text is null or partner_id = :partner)
                                    and (:environment::text is null or environment = :environment)
                                    and (:email::text is null or lower(email) = lower(:email))
                                    and (:event::text is null or event_id = :event)
                                    and (:order::bigint is null or order_id = :order)
                                    and (:created_after::timestamptz is null or created_at >= :created_after::timestamptz)
                                    and (:created_before::timestamptz is null or created_at < :created_before::timestamptz)
                                    and order_id < :before
                                order by order_id desc
                                limit :limit
                                """)
                        .param(
                                "partner",
                                filter.partner() == null ? null : filter.partner().value())
                        .param(
                                "environment",
                                filter.environment() == null ? null : filter.environment().code())
                        .param("email", filter.email())
                        .param("event", filter.eventId())
                        .param("order", filter.order() == null ? null : filter.order().value())
                        .param("created_after", text(filter.createdAfter()))
                        .param("created_before", text(filter.createdBefore()))
                        .param("before", before(page))
                        .param("limit", page.limit() + 1)
                        .query(Orders::order)
                        .list();
        return page(found, page);
    }

    /** Orders that a person must look at, newest first. */
    public Page<Order> needingAttention(
            @Nullable PartnerId partner, @Nullable Environment environment, PageRequest page) {
        return page(
                jdbc.sql(
                                """
                                select order_id, created_at, content
                                from paid_order
                                where (:partner::text is null or partner_id = :partner)
                                    and (:environment::text is null or environment = :environment)
                                    and attention <> ''
                                    and order_id < :before
                                order by order_id desc
                                limit :limit
                                """)
                        .param("partner", partner == null ? null : partner.value())
                        .param("environment", environment == null ? null : environment.code())
                        .param("before", before(page))
                        .param("limit", page.limit() + 1)
                        .query(Orders::order)
                        .list(),
                page);
    }

    static Page<Order> page(List<Order> found, PageRequest page) {
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        var shown = found.subList(0, page.limit());
        return new Page<>(shown, shown.getLast().id().toString());
    }

    static long before(PageRequest page) {
        String after = page.after();
        if (after == null) {
            return Long.MAX_VALUE;
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Refused.invalid(
                    "cursor_invalid", "after: pass a next_cursor of this list, unchanged");
        }
        return Long.parseLong(after);
    }

    static Order order(ResultSet row, int number) throws SQLException {
        return new Order(
                new OrderId(row.getLong("order_id")),
                JSON.readValue(row.getString("content"), PaidOrder.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /** What it is looked for by, a line each. */
    private static String products(PaidOrder order) {
        return order.lines().stream()
                .flatMap(line -> Stream.of(line.name().toLowerCase(Locale.ROOT), line.productId()))
                .filter(word -> !word.isBlank())
                .map(word -> word.replace('\n', ' '))
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private static String key(PaidOrder order) {
        return order.account()
                + " "
                + order.environment().code()
                + " "
                + order.stripeObject()
                + " "
                + order.partner();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** As a parameter that is no text: the database would read a text again for every row. */
    static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
