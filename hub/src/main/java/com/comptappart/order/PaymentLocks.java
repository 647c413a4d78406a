package com.comptappart.order;

import com.comptappart.kernel.Columns;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets one transaction at a time write orders or refunds of a payment. Without it an order and its
 * refund that are recorded at the same moment would not see each other, and the refund would wait
 * for ever.
 */
@Repository
public class PaymentLocks {

    private final JdbcClient jdbc;

    PaymentLocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Of all that one transaction is about to record, at once: two that took those of orders first
     * and those of refunds later could wait for each other.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void take(List<PaidOrder> orders, List<Refund> refunds) {
        var payments =
                Stream.concat(
                                orders.stream().flatMap(each -> PaymentKey.allOf(each).stream()),
                                refunds.stream().map(PaymentKey::of))
                        .distinct()
                        .toList();
        if (!payments.isEmpty()) {
            take(payments);
        }
    }

    /** Those of the subscriptions whose orders these payments made, too. */
    @Transactional(propagation = Propagation.MANDATORY)
    void takeSubscriptions(Collection<PaymentKey> payments) {
        var subscriptions =
                jdbc.sql(
                                """
                                select distinct o.account, o.environment, o.subscription_id as payment_reference
                                from unnest(:accounts::text[], :environments::text[], :references::text[])
                                    as given (account, environment, reference)
                                join paid_order o
                                    on o.account = given.account and o.environment = given.environment
                                        and o.payment_reference = given.reference
                                where o.subscription_id <> ''
                                """)
                        .param("accounts", Columns.texts(payments, PaymentKey::account))
                        .param(
                                "environments",
                                Columns.texts(payments, each -> each.environment().code()))
                        .param("references", Columns.texts(payments, PaymentKey::reference))
                        .query((row, number) -> PaymentKey.of(row))
                        .list();
        if (!subscriptions.isEmpty()) {
            take(subscriptions);
        }
    }

    /**
     * Held until the transaction ends; taken in one order, so that two never wait for each other.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void take(Collection<PaymentKey> payments) {
        jdbc.sql(
                        """
                        with sorted as materialized (
                            select distinct hashtextextended(payment, 0) as key
                            from unnest(:payments::text[]) as given (payment)
                            order by key)
                        select count(pg_advisory_xact_lock(key)) from sorted
                        """)
                .param(
                        "payments",
                        payments.stream()
                                .map(each ->
                                        String.join(
                                                " ",
                                                "comptappart/payment",
                                                each.account(),
                                                each.environment().code(),
                                                each.reference()))
                                .toArray(String[]::new))
                .query((row, number) -> true)
                .list();
    }
}
