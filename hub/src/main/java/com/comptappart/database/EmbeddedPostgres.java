package com.comptappart.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server of our own in the data directory, on loopback only, with fsync on. It
 * survives restarts and a SIGKILL of the hub: a server that the dead hub left behind is ended
 * cleanly before a new one starts. A server that is killed while the hub lives starts again on the
 * same port, and recovers what was committed.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "comptappart";
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration RECOVER_WITHIN = Duration.ofMinutes(30);
    private static final Duration SAY_AFTER = Duration.ofSeconds(5);
    private static final int START_ATTEMPTS = 3;

    /** The line of postmaster.pid that holds it, counted from 0. */
    private static final int PORT_LINE = 3;

    /** SQLSTATE cannot_connect_now. */
    private static final String STARTING_UP = "57P03";

    private final DirectoryLock lock;
    private final Path cluster;
    private final ServerKeeper keeper;
    private final String password;
    private final int port;

    private EmbeddedPostgres(
            DirectoryLock lock, Path cluster, ServerKeeper keeper, String password, int port) {
        this.lock = lock;
        this.cluster = cluster;
        this.keeper = keeper;
        this.password = password;
        this.port = port;
    }

    /**
     * Starts the server of that data directory, making the database at the first start.
     *
     * @throws IllegalStateException when another hub uses the directory, or the server does not
     *     start
     */
    public static EmbeddedPostgres start(Path dataDirectory) {
        try {
            Path home =
                    Files.createDirectories(dataDirectory.toAbsolutePath().normalize())
                            .resolve("postgres");
            Files.createDirectories(home);
            var lock = DirectoryLock.take(home);
            try {
                return start(home, lock);
            } catch (IOException | RuntimeException | InterruptedException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "PostgreSQL can't be started in " + dataDirectory + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    private static EmbeddedPostgres start(Path home, DirectoryLock lock)
            throws IOException, InterruptedException {
        PostgresBinaries.deleteLeftovers(home);
        Path binaries = PostgresBinaries.unpackInto(home);
        Path cluster = home.resolve("cluster");
        Path passwordFile = home.resolve("password");
        var account = ServerAccount.ofThisProcess(home);
        Orphan.end(cluster);
        if (!Files.exists(cluster.resolve("PG_VERSION"))) {
            new NewCluster(home, binaries, account).make(cluster, passwordFile, USER);
        }
        String password = Files.readString(passwordFile).strip();
        Path log = home.resolve("server.log");
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            ServerKeeper.Starter starter =
                    () -> {
                        Orphan.end(cluster);
                        var server = ServerProcess.begin(binaries, cluster, port, account, log);
                        awaitReady(server, cluster, port, password, log);
                        return server;
                    };
            try {
                var keeper = ServerKeeper.of(starter.start(), starter);
                var postgres = new EmbeddedPostgres(lock, cluster, keeper, password, port);
                postgres.makeReady();
                return postgres;
            } catch (ServerEnded e) {
                // Somebody else took the port meanwhile, or a killed server's last session still
                // ends.
                if (attempt == START_ATTEMPTS) {
                    throw e;
                }
                LOG.warn("PostgreSQL ended while it started; again in 1 s");
                Thread.sleep(1_000);
            }
        }
    }

    private void makeReady() throws IOException, InterruptedException {
        boolean ready = false;
        try {
            createDatabase(USER);
            LOG.info(
                    "PostgreSQL {} runs on 127.0.0.1:{} with its data in {}",
                    PostgresBinaries.VERSION,
                    port,
                    cluster);
            ready = true;
        } finally {
            if (!ready) {
                end();
            }
        }
    }

    /** It ended before it was ready. */
    private static final class ServerEnded extends IllegalStateException {
        private ServerEnded(Path log) {
            super("PostgreSQL ended at once; its reasons are in " + log);
        }
    }

    /**
     * Where the server of a running hub listens, for those who only read beside it; empty where
     * none runs.
     *
     * @throws IllegalStateException when the directory can't be read
     */
    public static Optional<Running> running(Path dataDirectory) {
        Path home = dataDirectory.toAbsolutePath().normalize().resolve("postgres");
        try {
            Path pidFile = home.resolve("cluster").resolve("postmaster.pid");
            if (!Files.exists(pidFile) || !DirectoryLock.isHeld(home)) {
                return Optional.empty();
            }
            var lines = Files.readAllLines(pidFile);
            int port = Integer.parseInt(lines.get(PORT_LINE).strip());
            return Optional.of(
                    new Running(
                            url(port, USER),
                            USER,
                            Files.readString(home.resolve("password")).strip()));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the database in " + dataDirectory + " can't be read: " + e, e);
        }
    }

    /** A running server's address and credentials. */
    public record Running(String url, String user, String password) {}

    /** A JDBC address of the hub's own database. */
    public String url() {
        return url(USER);
    }

    /** A JDBC address of another database of this server. */
    public String url(String database) {
        return url(port, database);
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:"
                + port
                + "/"
                + database
                + "?reWriteBatchedInserts=true";
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** Makes a database unless it is there. */
    public void createDatabase(String name) {
        if (!name.matches("[a-z0-9_]{1,60}")) {
            throw new IllegalArgumentException("not a database name: " + name);
        }
        try (var connection = DriverManager.getConnection(url("postgres"), USER, password);
                var statement = connection.createStatement()) {
            boolean there;
            try (var found =
                    statement.executeQuery(
                            "select 1 from pg_database where datname = '" + name + "'")) {
                there = found.next();
            }
            if (!there) {
                statement.execute("create database " + name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "database " + name + " can't be made: " + e.getMessage(), e);
        }
    }

    /** Ends the server cleanly: open sessions are cut, everything committed stays. */
    @Override
    public void close() {
        try {
            end();
            lock.close();
        } catch (IOException e) {
            LOG.warn("the data directory's lock could not be released: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() throws IOException, InterruptedException {
        keeper.close();
        ServerProcess.end(keeper.server().toHandle(), cluster);
    }

    /**
     * Waits; after a crash the server first replays its log, which may take minutes. A server that
     * does not get ready is ended.
     */
    private static void awaitReady(
            Process server, Path cluster, int port, String password, Path log)
            throws IOException, InterruptedException {
        boolean ready = false;
        try {
            long start = System.nanoTime();
            @Nullable SQLException last = null;
            boolean recovers = false;
            while (System.nanoTime() - start
                    < (recovers ? RECOVER_WITHIN : START_WITHIN).toNanos()) {
                if (!server.isAlive()) {
                    throw new ServerEnded(log);
                }
                try (var connection =
                        DriverManager.getConnection(url(port, "postgres"), USER, password)) {
                    if (connection.isValid(1)) {
                        ready = true;
                        return;
                    }
                } catch (SQLException e) {
                    last = e;
                    boolean startsUp = STARTING_UP.equals(e.getSQLState());
                    if (startsUp && !recovers && System.nanoTime() - start > SAY_AFTER.toNanos()) {
                        LOG.warn(
                                "PostgreSQL recovers from a crash; waiting up to {}",
                                RECOVER_WITHIN);
                        recovers = true;
                    }
                }
                Thread.sleep(40);
            }
            throw new IllegalStateException("PostgreSQL did not get ready; see " + log, last);
        } finally {
            if (!ready) {
                ServerProcess.end(server.toHandle(), cluster);
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
