package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.comptappart.stripe.StripePlaces.Place;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What the comparisons of Stripe's objects with ours gave. */
@Repository
public class Reconciliations {

    private static final int SHOWN = 20;

    /**
     * The last night of an environment, all accounts together.
     *
     * @param objects the first ids that were missing; their events are read as any other
     */
    public record Result(Instant endedAt, long lookedAt, long missing, String objects) {}

    private final JdbcClient jdbc;

    Reconciliations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    public void keep(Place place, Instant endedAt, int lookedAt, List<String> missing) {
        jdbc.sql(
                        """
                        insert into reconciliation (account, environment, ended_at, looked_at, missing, objects)
                        values (:account, :environment, :ended, :looked, :missing, :objects)
                        on conflict (account, environment, ended_at) do nothing
                        """)
                .param("account", place.account())
                .param("environment", place.environment().code())
                .param("ended", endedAt.atOffset(ZoneOffset.UTC))
                .param("looked", lookedAt)
                .param("missing", missing.size())
                .param(
                        "objects",
                        String.join(" ", missing.subList(0, Math.min(SHOWN, missing.size()))))
                .update();
    }

    /** The last of each account within a day, added up; empty where none was made yet. */
    public Optional<Result> last(Environment environment) {
        return jdbc.sql(
                        """
                        with latest as (
                            select distinct on (account) ended_at, looked_at, missing, objects
                            from reconciliation
                            where environment = :environment
                                and ended_at > (
                                    select max(ended_at) - interval '1 day'
                                    from reconciliation
                                    where environment = :environment)
                            order by account, ended_at desc)
                        select max(ended_at) as ended_at, sum(looked_at) as looked_at, sum(missing) as missing,
                            coalesce(string_agg(nullif(objects, ''), ' '), '') as objects
                        from latest
                        having count(*) > 0
                        """)
                .param("environment", environment.code())
                .query((row, number) ->
                        new Result(
                                row.getObject("ended_at", OffsetDateTime.class).toInstant(),
                                row.getLong("looked_at"),
                                row.getLong("missing"),
                                row.getString("objects")))
                .optional();
    }
}
