package com.comptappart.order;

import com.comptappart.kernel.Columns;
import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Refunds as rows. */
@Repository
class RefundRows {

    /** A refund as it is kept. */
    record Kept(Refund refund, boolean succeeded, long placedMinor) {

        long waitingMinor() {
            return refund.amountMinor() - placedMinor;
        }

        /** The money is with the seller again, if it ever left. */
        boolean cameBack() {
            return refund.status() == Refund.Status.FAILED
                    || refund.status() == Refund.Status.CANCELED;
        }
    }

    /**
     * An order of a payment, and what earlier refunds took of it: the total of its credit notes.
     *
     * @param balanceMinor what of its total the customer's balance paid
     */
    record Refundable(
            PaymentKey payment,
            String subscription,
            String stripeObject,
            Instant paidAt,
            PartnerId partner,
            OrderId order,
            Currency currency,
            long totalMinor,
            long balanceMinor,
            long takenMinor) {

        /** Whether a refund or credit may be taken from it. */
        boolean isOf(Refund refund) {
            var credit = refund.credit();
            boolean ofPartner =
                    credit == null || credit.partner() == null || credit.partner().equals(partner);
            return ofPartner
                    && payment.account().equals(refund.account())
                    && payment.environment() == refund.environment()
                    && (payment.reference().equals(refund.paymentReference())
                            || subscription.equals(refund.paymentReference()));
        }

        /** What the customer's balance paid of it and no credit note took so far. */
        long leftOfBalanceMinor() {
            return Math.max(0, balanceMinor - takenMinor);
        }

        long leftMinor() {
            return totalMinor - takenMinor;
        }

        /** As if no refund had taken anything. */
        Refundable whole() {
            return taking(-takenMinor);
        }

        Refundable taking(long minor) {
            return new Refundable(
                    payment,
                    subscription,
                    stripeObject,
                    paidAt,
                    partner,
                    order,
                    currency,
                    totalMinor,
                    balanceMinor,
                    takenMinor + minor);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    RefundRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps what was told, each refund once in the list. Whatever the order and repetition of
     * calls, the row ends the same: all is a greatest, a least or an "ever".
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(List<Refund> refunds, Instant now) {
        jdbc.sql(
                        """
                        insert into refund as kept (
                            account, environment, refund_id, payment_reference, charge_id, named_order_id, amount_minor,
                            currency, status, succeeded, reason, failure_reason, event_id, refunded_at, recorded_at,
                            means, credited_partner, credited_object, products, lines)
                        select account, environment, refund_id, payment_reference, charge_id, named_order_id, amount_minor,
                            currency, status, status = 'succeeded', reason, failure_reason, event_id, refunded_at, :now,
                            means, credited_partner, credited_object, products, lines
                        from unnest(
                            :accounts::text[], :environments::text[], :ids::text[], :payments::text[], :charges::text[],
                            :orders::bigint[], :amounts::bigint[], :currencies::text[], :statuses::text[], :reasons::text[],
                            :failures::text[], :events::text[], :refunded::timestamptz[], :means::text[],
                            :partners::text[], :objects::text[], :products::text[], :lines::text[])
                            as given (
                                account, environment, refund_id, payment_reference, charge_id, named_order_id, amount_minor,
                                currency, status, reason, failure_reason, event_id, refunded_at, means,
                                credited_partner, credited_object, products, lines)
                        order by account, environment, refund_id
                        on conflict (account, environment, refund_id) do update
                        set status = (array['pending', 'succeeded', 'failed', 'canceled'])[greatest(
                                array_position(array['pending', 'succeeded', 'failed', 'canceled'], kept.status),
                                array_position(array['pending', 'succeeded', 'failed', 'canceled'], excluded.status))],
                            succeeded = kept.succeeded or excluded.succeeded,
                            event_id = case
                                when excluded.succeeded and not kept.succeeded then excluded.event_id
                                else kept.event_id
                            end,
                            charge_id = greatest(kept.charge_id, excluded.charge_id),
                            named_order_id = least(kept.named_order_id, excluded.named_order_id),
                            reason = greatest(kept.reason, excluded.reason),
                            products = greatest(kept.products, excluded.products),
                            lines = greatest(kept.lines, excluded.lines),
                            failure_reason = greatest(kept.failure_reason, excluded.failure_reason),
                            refunded_at = least(kept.refunded_at, excluded.refunded_at)
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("accounts", Columns.texts(refunds, Refund::account))
                .param("environments", Columns.texts(refunds, each -> each.environment().code()))
                .param("ids", Columns.texts(refunds, Refund::refundId))
                .param("payments", Columns.texts(refunds, Refund::paymentReference))
                .param(
                        "charges",
                        Columns.texts(
                                refunds, each -> Objects.requireNonNullElse(each.chargeId(), "")))
                .param("orders", orders(refunds))
                .param("amounts", Columns.longs(refunds, Refund::amountMinor))
                .param("currencies", Columns.texts(refunds, each -> each.currency().code()))
                .param("statuses", Columns.texts(refunds, each -> each.status().code()))
                .param("reasons", Columns.texts(refunds, Refund::reason))
                .param("failures", Columns.texts(refunds, Refund::failureReason))
                .param("events", Columns.texts(refunds, Refund::eventId))
                .param("refunded", Columns.texts(refunds, each -> each.at().toString()))
                .param("means", Columns.texts(refunds, RefundRows::means))
                .param("partners", Columns.texts(refunds, RefundRows::partner))
                .param("objects", Columns.texts(refunds, RefundRows::object))
                .param(
                        "products",
                        Columns.texts(
                                refunds, each -> JSON.writeValueAsString(each.of().products())))
                .param(
                        "lines",
                        Columns.texts(refunds, each -> JSON.writeValueAsString(each.of().lines())))
                .update();
    }

    /** All refunds of those payments, oldest first. */
    List<Kept> ofPayments(Collection<PaymentKey> payments) {
        return jdbc.sql(
                        """
                        select r.account, r.environment, r.refund_id, r.payment_reference, r.charge_id, r.named_order_id,
                            r.amount_minor, r.currency, r.status, r.succeeded, r.placed_minor, r.reason, r.failure_reason,
                            r.event_id, r.refunded_at, r.means, r.credited_partner, r.credited_object, r.products, r.lines
                        from (
                            select distinct account, environment, reference
                            from unnest(:accounts::text[], :environments::text[], :references::text[])
                                as given (account, environment, reference)) as payment
                        join refund r
                            on r.account = payment.account and r.environment = payment.environment
                                and r.payment_reference = payment.reference
                        order by r.refunded_at, r.refund_id
                        """)
                .param("accounts", Columns.texts(payments, PaymentKey::account))
                .param("environments", Columns.texts(payments, each -> each.environment().code()))
                .param("references", Columns.texts(payments, PaymentKey::reference))
                .query(RefundRows::kept)
                .list();
    }

    /** All orders of those payments or subscriptions, oldest first. */
    List<Refundable> refundable(Collection<PaymentKey> payments) {
        return jdbc.sql(
                        """
                        with given as (
                            select distinct account, environment, reference
                            from unnest(:accounts::text[], :environments::text[], :references::text[])
                                as given (account, environment, reference)),
                        wanted as (
                            select o.order_id
                            from given
                            join paid_order o
                                on o.account = given.account and o.environment = given.environment
                                    and o.payment_reference = given.reference
                            union
                            select o.order_id
                            from given
                            join paid_order o
                                on o.account = given.account and o.environment = given.environment
                                    and o.subscription_id = given.reference and o.subscription_id <> '')
                        select o.account, o.environment, o.payment_reference, o.subscription_id, o.stripe_object, o.paid_at,
                            o.partner_id, o.order_id, o.currency, o.total_minor,
                            coalesce((o.content::json -> 'payment' ->> 'balanceMinor')::bigint, 0) as balance_minor,
                            coalesce((
                                select sum(taken.amount_minor)
                                from order_refund taken
                                where taken.partner_id = o.partner_id and taken.order_id = o.order_id), 0) as taken_minor
                        from wanted
                        join paid_order o on o.order_id = wanted.order_id
                        order by o.order_id
                        """)
                .param("accounts", Columns.texts(payments, PaymentKey::account))
                .param("environments", Columns.texts(payments, each -> each.environment().code()))
                .param("references", Columns.texts(payments, PaymentKey::reference))
                .query((row, number) ->
                        new Refundable(
                                PaymentKey.of(row),
                                row.getString("subscription_id"),
                                row.getString("stripe_object"),
                                row.getObject("paid_at", OffsetDateTime.class).toInstant(),
                                new PartnerId(row.getString("partner_id")),
                                new OrderId(row.getLong("order_id")),
                                new Currency(row.getString("currency")),
                                row.getLong("total_minor"),
                                row.getLong("balance_minor"),
                                row.getLong("taken_minor")))
                .list();
    }

    static Kept kept(ResultSet row, int number) throws SQLException {
        long named = row.getLong("named_order_id");
        var order = row.wasNull() ? null : new OrderId(named);
        var refund =
                new Refund(
                        row.getString("account"),
                        Environment.of(row.getString("environment")),
                        row.getString("refund_id"),
                        row.getString("payment_reference"),
                        row.getString("charge_id").isEmpty() ? null : row.getString("charge_id"),
                        row.getLong("amount_minor"),
                        new Currency(row.getString("currency")),
                        Refund.Status.of(row.getString("status")),
                        row.getString("reason"),
                        row.getString("failure_reason"),
                        order,
                        row.getString("event_id"),
                        row.getObject("refunded_at", OffsetDateTime.class).toInstant(),
                        credit(row),
                        of(row));
        return new Kept(refund, row.getBoolean("succeeded"), row.getLong("placed_minor"));
    }

    private static @Nullable Credit credit(ResultSet row) throws SQLException {
        var means = Credit.Means.of(row.getString("means"));
        String partner = row.getString("credited_partner");
        return means == null
                ? null
                : new Credit(
                        means,
                        partner.isEmpty() ? null : new PartnerId(partner),
                        row.getString("credited_object"));
    }

    static GivenBack of(ResultSet row) throws SQLException {
        return new GivenBack(
                JSON.readValue(
                        row.getString("products"), new TypeReference<TreeMap<String, Long>>() {}),
                JSON.readValue(
                        row.getString("lines"), new TypeReference<TreeMap<Integer, Long>>() {}));
    }

    private static String means(Refund refund) {
        var credit = refund.credit();
        return credit == null ? "" : credit.means().code();
    }

    private static String partner(Refund refund) {
        var credit = refund.credit();
        return credit == null || credit.partner() == null ? "" : credit.partner().value();
    }

    private static String object(Refund refund) {
        var credit = refund.credit();
        return credit == null ? "" : credit.invoice();
    }

    private static @Nullable Long[] orders(List<Refund> refunds) {
        var orders = new @Nullable Long[refunds.size()];
        for (int i = 0; i < orders.length; i++) {
            var order = refunds.get(i).order();
            orders[i] = order == null ? null : order.value();
        }
        return orders;
    }
}
