package com.comptappart.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The hub's own PostgreSQL, seen from beside: what it can do at most, and what it was asked. */
final class HubDatabase {

    private static final String USER = "comptappart";
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration MEASURE = Duration.ofSeconds(4);
    private static final String INSERT =
            """
            insert into bench_limit (
                account, environment, event_id, type, api_version, event_created, body, received_at, state, due_at)
            values ('', 'production', ?, 'checkout.session.completed', '2025-09-30.clover', ?, ?, ?, 'pending', ?)
            on conflict do nothing
            """;

    /** Counters of the server since its start. */
    record Work(long commits, long inserted, long updated, long walBytes) {

        Work since(Work earlier) {
            return new Work(
                    commits - earlier.commits,
                    inserted - earlier.inserted,
                    updated - earlier.updated,
                    walBytes - earlier.walBytes);
        }
    }

    private final long pid;
    private final String url;
    private final String password;

    private HubDatabase(long pid, String url, String password) {
        this.pid = pid;
        this.url = url;
        this.password = password;
    }

    /** Finds the server that runs on a hub's data directory. */
    static HubDatabase of(Path data) {
        Path home = data.resolve("postgres");
        try {
            var pidFile = Files.readAllLines(home.resolve("cluster/postmaster.pid"));
            return new HubDatabase(
                    Long.parseLong(pidFile.get(0).strip()),
                    "jdbc:postgresql://127.0.0.1:" + pidFile.get(3).strip() + "/" + USER,
                    Files.readString(home.resolve("password")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return pid;
    }

    Work work() {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                """
                                select xact_commit, tup_inserted, tup_updated, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')
                                from pg_stat_database
                                where datname = current_database()
                                """)) {
            row.next();
            return new Work(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * How many event rows the server takes per second, on a table like the hub's, when nothing else
     * runs.
     *
     * @param perCommit rows in one commit, sent as one batch
     */
    double insertsPerSecond(int connections, int perCommit, Shop shop) throws InterruptedException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("drop table if exists bench_limit");
            statement.execute("create table bench_limit (like stripe_event including all)");
            double rate = insert(connections, perCommit, shop);
            statement.execute("drop table bench_limit");
            return rate;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private double insert(int connections, int perCommit, Shop shop) throws InterruptedException {
        var done = new AtomicLong();
        var failure = new AtomicReference<SQLException>();
        long end = System.nanoTime() + WARM_UP.plus(MEASURE).toNanos();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < connections; i++) {
            int lane = i;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    insertUntil(end, lane, perCommit, shop, done);
                                } catch (SQLException e) {
                                    failure.set(e);
                                }
                            }));
        }
        Thread.sleep(WARM_UP);
        long before = done.get();
        long start = System.nanoTime();
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return (done.get() - before) * 1e9 / (System.nanoTime() - start);
    }

    private void insertUntil(long end, int lane, int perCommit, Shop shop, AtomicLong done)
            throws SQLException {
        byte[] body = shop.event(lane);
        var now =
                OffsetDateTime.ofInstant(
                        java.time.Instant.ofEpochSecond(shop.now()), ZoneOffset.UTC);
        try (var connection = connect();
                var insert = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            for (int n = 0; System.nanoTime() < end; n += perCommit) {
                for (int i = n; i < n + perCommit; i++) {
                    row(insert, "evt_bench" + lane + "x" + i, now, body);
                }
                insert.executeBatch();
                connection.commit();
                done.addAndGet(perCommit);
            }
        }
    }

    private static void row(PreparedStatement insert, String id, OffsetDateTime now, byte[] body)
            throws SQLException {
        insert.setString(1, id);
        insert.setObject(2, now);
        insert.setBytes(3, body);
        insert.setObject(4, now);
        insert.setObject(5, now);
        insert.addBatch();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                url + "?reWriteBatchedInserts=true&ApplicationName=bench", USER, password);
    }
}
