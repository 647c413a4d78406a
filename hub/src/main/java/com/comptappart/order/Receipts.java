package com.comptappart.order;

import com.comptappart.kernel.Columns;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Where it is kept how Stripe's objects were paid. */
@Repository
public class Receipts {

    private final JdbcClient jdbc;
    private final Clock clock;

    Receipts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Each object once, however often it is told, in the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(List<Receipt> receipts) {
        if (receipts.isEmpty()) {
            return;
        }
        // Sorted: two workers that record the same wait for each other, never for good.
        var sorted =
                receipts.stream()
                        .sorted(
                                Comparator.comparing(Receipt::account)
                                        .thenComparing(Receipt::environment)
                                        .thenComparing(Receipt::stripeObject))
                        .toList();
        jdbc.sql(
                        """
                        insert into receipt (
                            account, environment, stripe_object, currency, captured_minor, elsewhere_minor, balance_minor,
                            recorded_at)
                        select account, environment, stripe_object, currency, captured_minor, elsewhere_minor, balance_minor, :now
                        from unnest(
                            :accounts::text[], :environments::text[], :objects::text[], :currencies::text[],
                            :captured::bigint[], :elsewhere::bigint[], :balances::bigint[])
                            as given (
                                account, environment, stripe_object, currency, captured_minor, elsewhere_minor, balance_minor)
                        on conflict (account, environment, stripe_object) do nothing
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("accounts", Columns.texts(sorted, Receipt::account))
                .param("environments", Columns.texts(sorted, each -> each.environment().code()))
                .param("objects", Columns.texts(sorted, Receipt::stripeObject))
                .param("currencies", Columns.texts(sorted, each -> each.currency().code()))
                .param("captured", Columns.longs(sorted, Receipt::capturedMinor))
                .param("elsewhere", Columns.longs(sorted, Receipt::elsewhereMinor))
                .param("balances", Columns.longs(sorted, Receipt::balanceMinor))
                .update();
    }
}
