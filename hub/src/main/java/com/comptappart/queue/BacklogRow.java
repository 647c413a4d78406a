package com.comptappart.queue;

import com.comptappart.kernel.Backlog;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what waits in a table from the one row that a module's question gives. */
public final class BacklogRow {

    private BacklogRow() {}

    /**
     * @param question takes {@code :now} and {@code :most}, gives {@code due}, {@code leased},
     *     {@code failing} and {@code oldest}
     */
    public static Backlog of(String work, JdbcClient.StatementSpec question, Instant now) {
        return question.param("now", now.atOffset(ZoneOffset.UTC))
                .param("most", Backlog.MOST)
                .query((row, number) -> {
                    var oldest = row.getTimestamp("oldest");
                    return new Backlog(
                            work,
                            row.getLong("due"),
                            row.getLong("leased"),
                            row.getLong("failing"),
                            oldest == null ? null : oldest.toInstant());
                })
                .single();
    }
}
