package com.comptappart.stripe;

import com.comptappart.kernel.Columns;
import com.comptappart.stripe.StripePlaces.Place;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The invoices that Stripe said are open: they may be paid weeks after they were made. */
@Repository
class OpenInvoices {

    private final JdbcClient jdbc;

    OpenInvoices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** They are open at that moment. */
    @Transactional
    public void seen(Place place, Collection<String> ids, Instant at) {
        jdbc.sql(
                        """
                        insert into open_invoice (account, environment, invoice_id, seen_at)
                        select :account, :environment, id, :at
                        from unnest(:ids::text[]) as given (id)
                        on conflict (account, environment, invoice_id) do update
                        set seen_at = excluded.seen_at
                        """)
                .param("account", place.account())
                .param("environment", place.environment().code())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("ids", Columns.texts(ids.stream().distinct().toList(), id -> id))
                .update();
    }

    /** Those that were open once and were not seen so since then; longest ago first. */
    List<String> notSeenSince(Place place, Instant since, int limit) {
        return jdbc.sql(
                        """
                        select invoice_id
                        from open_invoice
                        where account = :account and environment = :environment and seen_at < :since
                        order by seen_at, invoice_id
                        limit :limit
                        """)
                .param("account", place.account())
                .param("environment", place.environment().code())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) -> row.getString("invoice_id"))
                .list();
    }

    /** They ended. */
    @Transactional
    public void forget(Place place, Collection<String> ids) {
        jdbc.sql(
                        """
                        delete from open_invoice
                        where account = :account and environment = :environment
                            and invoice_id = any(:ids::text[])
                        """)
                .param("account", place.account())
                .param("environment", place.environment().code())
                .param("ids", ids.toArray(String[]::new))
                .update();
    }

    /** Nobody pays those any more. */
    @Transactional
    public void forgetBefore(Place place, Instant longAgo) {
        jdbc.sql(
                        """
                        delete from open_invoice
                        where account = :account and environment = :environment and seen_at < :long_ago
                        """)
                .param("account", place.account())
                .param("environment", place.environment().code())
                .param("long_ago", longAgo.atOffset(ZoneOffset.UTC))
                .update();
    }
}
