package com.comptappart.health;

import com.comptappart.kernel.Backlog;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * How the hub does, at a glance.
 *
 * @param backlogs what waits; empty where the database doesn't answer
 */
public record Board(
        Instant checkedAt,
        boolean databaseAnswers,
        List<Service> services,
        List<Backlog> backlogs) {

    /** What the hub does for its partners, in the order in which it happens. */
    public enum Name {
        EVENTS("stripe"),
        INVOICES("invoice"),
        MAILS("mail"),
        DELIVERIES("webhook");

        private final String work;

        Name(String work) {
            this.work = work;
        }

        /** The work that waits for it. */
        public String work() {
            return work;
        }
    }

    /** From good to bad. */
    public enum Level {
        OK,
        SLOW,
        DOWN
    }

    /**
     * One of them.
     *
     * @param since when it came to be like this, as far as this node knows
     */
    public record Service(Name name, Level level, Instant since) {}

    public Board {
        services = List.copyOf(services);
        backlogs = List.copyOf(backlogs);
    }

    /** As bad as the worst. */
    public Level level() {
        return services.stream()
                .map(Service::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.OK);
    }
}
