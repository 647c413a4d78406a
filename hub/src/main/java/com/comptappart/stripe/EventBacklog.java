package com.comptappart.stripe;

import com.comptappart.kernel.Backlog;
import com.comptappart.kernel.Backlogs;
import com.comptappart.queue.BacklogRow;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stripe's events that are to be read. */
@Repository
class EventBacklog implements Backlogs {

    private final JdbcClient jdbc;

    EventBacklog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Backlog at(Instant now) {
        return BacklogRow.of(
                "stripe",
                jdbc.sql(
                        """
                        select count(*) filter (where due_at <= :now) as due,
                            count(*) filter (where lease is not null and due_at > :now) as leased,
                            count(*) filter (where lease is null and attempts > 1) as failing,
                            min(due_at) filter (where due_at <= :now) as oldest
                        from (
                            select due_at, lease, attempts
                            from stripe_event
                            where state = 'pending'
                            order by due_at
                            limit :most) as waiting
                        """),
                now);
    }
}
