package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Accounts whose statement can't be read, and for how long already. */
@Repository
public class UnreadStatements {

    private static final Duration PATIENCE = Duration.ofHours(1);

    /**
     * @param account the connected account, empty for our own
     * @param readUntil how far it was read
     */
    public record Unread(String account, Instant readUntil, String reason) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    UnreadStatements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public List<Unread> of(Environment environment) {
        return jdbc.sql(
                        """
                        select account, done_until, trouble
                        from stripe_place
                        where task = 'statement' and environment = :environment and trouble <> ''
                            and done_until < :before
                        order by account
                        """)
                .param("environment", environment.code())
                .param("before", clock.instant().minus(PATIENCE).atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Unread(
                                row.getString("account"),
                                row.getObject("done_until", OffsetDateTime.class).toInstant(),
                                row.getString("trouble")))
                .list();
    }
}
