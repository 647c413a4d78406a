package com.comptappart.webhook;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many attempts of each day took how long. The rows are written by {@link FinishedDeliveries},
 * with the attempts that they count.
 */
@Repository
class AttemptTallies {

    private final JdbcClient jdbc;

    AttemptTallies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Oldest day first; days without an attempt are left out. Both days are of Paris. */
    List<DeliveryFigures.Day> days(
            @Nullable PartnerId partner, Environment environment, LocalDate first, LocalDate last) {
        Map<LocalDate, LatencySpread> spreads = new TreeMap<>();
        jdbc.sql(
                        """
                        select day, delivered, bucket, sum(attempts) as attempts
                        from webhook_tally
                        where environment = :environment and day between :first and :last
                            and (:partner::text is null or partner_id = :partner)
                        group by day, delivered, bucket
                        """)
                .param("environment", environment.code())
                .param("first", first)
                .param("last", last)
                .param("partner", partner == null ? null : partner.value())
                .query((row, number) -> {
                    spreads.computeIfAbsent(
                                    row.getObject("day", LocalDate.class), _ -> new LatencySpread())
                            .add(
                                    row.getBoolean("delivered"),
                                    row.getInt("bucket"),
                                    row.getLong("attempts"));
                    return true;
                })
                .list();
        var days = new ArrayList<DeliveryFigures.Day>();
        spreads.forEach((day, spread) -> days.add(spread.of(day)));
        return days;
    }

    /** Makes one row of those with the same key; what comes meanwhile is left for the next time. */
    @Transactional
    public void addUp() {
        jdbc.sql(
                        """
                        with several as (
                            select environment, day, partner_id, delivered, bucket
                            from webhook_tally
                            group by environment, day, partner_id, delivered, bucket
                            having count(*) > 1),
                        gone as (
                            delete from webhook_tally t
                            using several s
                            where t.environment = s.environment and t.day = s.day and t.partner_id = s.partner_id
                                and t.delivered = s.delivered and t.bucket = s.bucket
                            returning t.environment, t.day, t.partner_id, t.delivered, t.bucket, t.attempts)
                        insert into webhook_tally (environment, day, partner_id, delivered, bucket, attempts)
                        select environment, day, partner_id, delivered, bucket, sum(attempts)
                        from gone
                        group by environment, day, partner_id, delivered, bucket
                        """)
                .update();
    }
}
