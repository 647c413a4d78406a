package com.comptappart.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server of our own in the data directory, on loopback only, with fsync on. It
 * survives restarts and a SIGKILL of the hub: a server that the dead hub left behind is ended
 * cleanly before a new one starts.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "comptappart";
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final FileChannel lock;
    private final Process server;
    private final String password;
    private final int port;

    private EmbeddedPostgres(FileChannel lock, Process server, String password, int port) {
        this.lock = lock;
        this.server = server;
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
            FileChannel lock = lock(home);
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

    private static EmbeddedPostgres start(Path home, FileChannel lock)
            throws IOException, InterruptedException {
        Path binaries = PostgresBinaries.unpackInto(home);
        Path cluster = home.resolve("cluster");
        var account = ServerAccount.ofThisProcess(home);
        endOrphan(cluster);
        Path passwordFile = home.resolve("password");
        if (!Files.exists(cluster.resolve("PG_VERSION"))) {
            initialise(binaries, cluster, passwordFile, account);
        }
        String password = Files.readString(passwordFile).strip();
        int port = freePort();
        Process server = launch(binaries, cluster, port, account, home.resolve("server.log"));
        var postgres = new EmbeddedPostgres(lock, server, password, port);
        try {
            postgres.awaitReady(home.resolve("server.log"));
            postgres.createDatabase(USER);
        } catch (RuntimeException | InterruptedException e) {
            postgres.close();
            throw e;
        }
        LOG.info(
                "PostgreSQL {} runs on 127.0.0.1:{} with its data in {}",
                PostgresBinaries.VERSION,
                port,
                cluster);
        return postgres;
    }

    /** A JDBC address of the hub's own database. */
    public String url() {
        return url(USER);
    }

    /** A JDBC address of another database of this server. */
    public String url(String database) {
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
            end(server.toHandle());
            lock.close();
        } catch (IOException e) {
            LOG.warn("the data directory's lock could not be released: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static FileChannel lock(Path home) throws IOException {
        var channel =
                FileChannel.open(
                        home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock taken;
        try {
            taken = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            taken = null;
        }
        if (taken == null) {
            channel.close();
            throw new IllegalStateException(
                    "another hub uses "
                            + home.getParent()
                            + ": stop it, set another COMPTAPPART_DATA_DIR, or give both one SPRING_DATASOURCE_URL");
        }
        return channel;
    }

    private static void initialise(
            Path binaries, Path cluster, Path passwordFile, ServerAccount account)
            throws IOException, InterruptedException {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Files.writeString(passwordFile, HexFormat.of().formatHex(secret));
        Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-------"));
        Files.createDirectories(cluster);
        account.own(cluster);
        account.own(passwordFile);
        var command =
                account.command(
                        binaries.resolve("bin/initdb").toString(),
                        "-D",
                        cluster.toString(),
                        "-U",
                        USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("initdb failed:\n" + output);
        }
    }

    private static Process launch(
            Path binaries, Path cluster, int port, ServerAccount account, Path log)
            throws IOException {
        var settings =
                List.of(
                        "listen_addresses=127.0.0.1",
                        "unix_socket_directories=",
                        "max_connections=80",
                        "shared_buffers=256MB",
                        "wal_buffers=16MB",
                        "max_wal_size=4GB",
                        "checkpoint_timeout=15min",
                        "timezone=UTC",
                        "log_timezone=UTC");
        var command =
                new ArrayList<>(
                        account.command(
                                binaries.resolve("bin/postgres").toString(),
                                "-D",
                                cluster.toString(),
                                "-p",
                                Integer.toString(port)));
        for (String setting : settings) {
            command.add("-c");
            command.add(setting);
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private void awaitReady(Path log) throws InterruptedException {
        long end = System.nanoTime() + START_WITHIN.toNanos();
        @Nullable SQLException last = null;
        while (System.nanoTime() < end) {
            if (!server.isAlive()) {
                throw new IllegalStateException(
                        "PostgreSQL ended at once; its reasons are in " + log);
            }
            try (var connection = DriverManager.getConnection(url("postgres"), USER, password)) {
                if (connection.isValid(1)) {
                    return;
                }
            } catch (SQLException e) {
                last = e;
            }
            Thread.sleep(40);
        }
        throw new IllegalStateException(
                "PostgreSQL did not start within " + START_WITHIN + "; see " + log, last);
    }

    /** Ends the server that a killed hub left behind; the lock says that no living hub uses it. */
    private static void endOrphan(Path cluster) throws IOException, InterruptedException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var lines = Files.readAllLines(pidFile);
        if (lines.size() < 2 || !Path.of(lines.get(1)).equals(cluster)) {
            return;
        }
        var orphan = ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        boolean isPostgres =
                orphan.flatMap(handle -> handle.info().command())
                        .filter(c -> c.contains("postgres"))
                        .isPresent();
        if (isPostgres) {
            LOG.warn(
                    "ending the PostgreSQL server {} that a killed hub left behind",
                    lines.getFirst());
            end(orphan.orElseThrow());
        }
    }

    private static void end(ProcessHandle server) throws IOException, InterruptedException {
        if (!server.isAlive()) {
            return;
        }
        new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start().waitFor();
        try {
            server.onExit().get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            LOG.warn(
                    "PostgreSQL {} did not end within {}; it recovers at its next start",
                    server.pid(),
                    STOP_WITHIN);
            server.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
