package com.comptappart.invoice;

import com.comptappart.kernel.Backlog;
import com.comptappart.kernel.Backlogs;
import com.comptappart.queue.BacklogRow;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Documents that are to be issued. Nobody holds one: a series has one writer at a time. */
@Repository
class InvoiceBacklog implements Backlogs {

    private final JdbcClient jdbc;

    InvoiceBacklog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Backlog at(Instant now) {
        return BacklogRow.of(
                "invoice",
                jdbc.sql(
                        """
                        select count(*) filter (where due_at <= :now) as due, 0 as leased,
                            count(*) filter (where attempts > 0) as failing,
                            min(due_at) filter (where due_at <= :now) as oldest
                        from (select due_at, attempts from invoice_request limit :most) as waiting
                        """),
                now);
    }
}
