package com.comptappart.webhook;

import com.comptappart.queue.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Makes the tables of the coming days of attempts, drops those that are over 90 days old, and adds
 * up what was counted of them.
 */
@Component
class AttemptDays implements Work {

    /** Days, in UTC, that attempts are kept. */
    static final int KEPT = 90;

    private static final int AHEAD = 3;
    private static final Logger LOG = LoggerFactory.getLogger(AttemptDays.class);

    private final AttemptTables tables;
    private final AttemptTallies tallies;
    private final Clock clock;

    AttemptDays(AttemptTables tables, AttemptTallies tallies, Clock clock) {
        this.tables = tables;
        this.tallies = tallies;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "attempts";
    }

    @Override
    public Duration poll() {
        return Duration.ofHours(1);
    }

    @Override
    public int round() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        try {
            for (int i = 0; i <= AHEAD; i++) {
                tables.make(today.plusDays(i));
            }
            tables.dropBefore(today.minusDays(KEPT));
            tallies.addUp();
        } catch (DataAccessException e) {
            LOG.warn(
                    "the tables of attempts are not all as they should be; the next try is in {}",
                    poll(),
                    e);
        }
        return 0;
    }
}
