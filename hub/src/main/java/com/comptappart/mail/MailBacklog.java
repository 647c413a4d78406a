package com.comptappart.mail;

import com.comptappart.kernel.Backlog;
import com.comptappart.kernel.Backlogs;
import com.comptappart.queue.BacklogRow;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Mails that are to be sent. */
@Repository
class MailBacklog implements Backlogs {

    private final JdbcClient jdbc;

    MailBacklog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Backlog at(Instant now) {
        return BacklogRow.of(
                "mail",
                jdbc.sql(
                        """
                        select count(*) filter (where due_at <= :now) as due,
                            count(*) filter (where lease is not null and due_at > :now) as leased,
                            count(*) filter (where lease is null and attempts > 0) as failing,
                            min(due_at) filter (where due_at <= :now) as oldest
                        from (
                            select due_at, lease, attempts
                            from mail
                            where state = 'pending'
                            order by due_at
                            limit :most) as waiting
                        """),
                now);
    }
}
