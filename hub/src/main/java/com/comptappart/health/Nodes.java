package com.comptappart.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The nodes that share the database. */
@Repository
public class Nodes {

    /** Longer unseen than that, a node is gone. */
    private static final Duration GONE_AFTER = Duration.ofMinutes(5);

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);
    private static final int MOST = 100;

    /**
     * One of them.
     *
     * @param here whether it is this one
     * @param there whether it was seen lately
     */
    public record Node(
            String host,
            String version,
            Instant startedAt,
            Instant seenAt,
            boolean here,
            boolean there) {}

    private final JdbcClient jdbc;
    private final Release release;
    private final Clock clock;
    private final UUID id = UUID.randomUUID();
    private final Instant startedAt;

    Nodes(JdbcClient jdbc, Release release, Clock clock) {
        this.jdbc = jdbc;
        this.release = release;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** This node is there; those that were not for a day are forgotten. */
    @Transactional
    public void here(String host) {
        var now = clock.instant();
        jdbc.sql(
                        """
                        insert into hub_node (node_id, host, version, started_at, seen_at)
                        values (:id, :host, :version, :started, :now)
                        on conflict (node_id) do update set seen_at = excluded.seen_at
                        """)
                .param("id", id)
                .param("host", host)
                .param("version", release.version())
                .param("started", startedAt.atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("delete from hub_node where seen_at < :forgotten")
                .param("forgotten", now.minus(FORGOTTEN_AFTER).atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Seen last first. */
    public List<Node> all() {
        var there = clock.instant().minus(GONE_AFTER);
        return jdbc.sql(
                        """
                        select node_id, host, version, started_at, seen_at
                        from hub_node
                        order by seen_at desc, node_id
                        limit :limit
                        """)
                .param("limit", MOST)
                .query((row, number) -> {
                    var seen = row.getTimestamp("seen_at").toInstant();
                    return new Node(
                            row.getString("host"),
                            row.getString("version"),
                            row.getTimestamp("started_at").toInstant(),
                            seen,
                            id.equals(row.getObject("node_id", UUID.class)),
                            seen.isAfter(there));
                })
                .list();
    }
}
