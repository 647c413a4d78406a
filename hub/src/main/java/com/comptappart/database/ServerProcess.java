package com.comptappart.database;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins and ends the server as a process of the operating system. */
final class ServerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
    private static final Duration EXIT_WITHIN = Duration.ofSeconds(5);
    private static final long MAX_LOG_BYTES = 16L << 20;

    private static final long LEAST_BUFFERS_MB = 256;
    private static final long MOST_BUFFERS_MB = 2_048;

    /** WAL files of a busy hour are kept for the next one: making new ones stops all commits. */
    private static final List<String> SETTINGS =
            List.of(
                    "listen_addresses=127.0.0.1",
                    "unix_socket_directories=",
                    "max_connections=80",
                    "shared_buffers=" + buffersMegabytes() + "MB",
                    "wal_buffers=16MB",
                    "min_wal_size=1GB",
                    "max_wal_size=4GB",
                    "checkpoint_timeout=15min",
                    // Queues leave dead rows by the thousand a second; a claim walks past them
                    // until
                    // they are vacuumed.
                    "autovacuum_naptime=5s",
                    "timezone=UTC",
                    "log_timezone=UTC");

    private ServerProcess() {}

    /**
     * An eighth of the memory of the machine or container. Where too little is cached, whoever
     * writes a row waits until a page of others is written out for it.
     */
    static long buffersMegabytes() {
        var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long eighth = machine.getTotalMemorySize() >> 23;
        return Math.clamp(eighth, LEAST_BUFFERS_MB, MOST_BUFFERS_MB);
    }

    static Process begin(Path binaries, Path cluster, int port, ServerAccount account, Path log)
            throws IOException, InterruptedException {
        if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
            Files.move(
                    log, log.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        var command =
                new ArrayList<>(
                        account.serverCommand(
                                binaries.resolve("bin/postgres").toString(),
                                "-D",
                                cluster.toString(),
                                "-p",
                                Integer.toString(port)));
        for (String setting : SETTINGS) {
            command.add("-c");
            command.add(setting);
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Ends the server of that cluster: sessions are cut, what is committed stays. */
    static void end(ProcessHandle server, Path cluster) throws IOException, InterruptedException {
        if (!server.isAlive()) {
            return;
        }
        // SIGINT is PostgreSQL's fast shutdown. The shell has its own kill; small images have no
        // other.
        new ProcessBuilder("sh", "-c", "kill -INT \"$0\"", Long.toString(server.pid()))
                .start()
                .waitFor();
        // The pid file goes last; an orphan may stay as a zombie that nobody waits for.
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!within(STOP_WITHIN, () -> !server.isAlive() || !Files.exists(pidFile))) {
            LOG.warn(
                    "PostgreSQL {} did not end within {}; it is killed, and recovers at its next start",
                    server.pid(),
                    STOP_WITHIN);
            server.destroyForcibly();
        }
        within(EXIT_WITHIN, () -> !server.isAlive());
    }

    private static boolean within(Duration limit, BooleanSupplier done)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }
}
