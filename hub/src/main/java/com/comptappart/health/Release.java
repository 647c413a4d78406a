package com.comptappart.health;

import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What runs here: the build and what it stands on. */
@Repository
public class Release {

    private final JdbcClient jdbc;
    private final Flyway flyway;
    private final String commit;
    private volatile int toCome = -1;

    Release(JdbcClient jdbc, Flyway flyway, @Value("${comptappart.commit:}") String commit) {
        this.jdbc = jdbc;
        this.flyway = flyway;
        this.commit = commit.strip();
    }

    /** Of the jar; empty where the hub runs from its classes. */
    public String version() {
        String version = Release.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }

    /** As {@code COMPTAPPART_COMMIT} says it; empty where nothing does. */
    public String commit() {
        return commit;
    }

    public String java() {
        return System.getProperty("java.vendor.version", "").isBlank()
                ? Runtime.version().toString()
                : Runtime.version() + " (" + System.getProperty("java.vendor.version") + ")";
    }

    public String postgres() {
        return jdbc.sql("show server_version").query(String.class).single();
    }

    /** The last that was applied, such as {@code 95}, and what it did. */
    public String migration() {
        return jdbc.sql(
                        """
                        select version || ' – ' || description
                        from flyway_schema_history
                        where success and version is not null
                        order by installed_rank desc
                        limit 1
                        """)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** Asked once: Flyway reads every file for it, and a hub migrates when it starts. */
    public int migrationsToCome() {
        int known = toCome;
        if (known < 0) {
            known = flyway.info().pending().length;
            toCome = known;
        }
        return known;
    }
}
