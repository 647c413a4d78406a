package com.comptappart.invoice;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** A partner's documents in the order in which they were issued. */
@Repository
public class IssuedHistory {

    private final JdbcClient jdbc;
    private final Invoices invoices;

    IssuedHistory(JdbcClient jdbc, Invoices invoices) {
        this.jdbc = jdbc;
        this.invoices = invoices;
    }

    /**
     * @param until exclusive
     * @param after the number of the last one that is known; empty for the first
     */
    public List<InvoiceIssued> read(
            PartnerId partner,
            Environment environment,
            Instant since,
            Instant until,
            String after,
            int limit) {
        return jdbc.sql(
                        """
                        select partner_id, order_id, environment, number, issue_date, currency, total_minor, tax_minor,
                            kind, refers_to, refund_id, issued_at
                        from invoice
                        where partner_id = :partner and environment = :environment
                            and issued_at >= :since and issued_at < :until
                            and (:after = '' or (issued_at, number) > (
                                select last.issued_at, last.number
                                from invoice last
                                where last.partner_id = :partner and last.environment = :environment
                                    and last.number = :after))
                        order by issued_at, number
                        limit :limit
                        """)
                .param("partner", partner.value())
                .param("environment", environment.code())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("after", after)
                .param("limit", limit)
                .query(invoices::issued)
                .list();
    }
}
