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
        var current = flyway.info().current();
        return current == null ? "" : current.getVersion() + " – " + current.getDescription();
    }

    public int migrationsToCome() {
        return flyway.info().pending().length;
    }
}
