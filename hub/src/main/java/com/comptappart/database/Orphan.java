package com.comptappart.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a killed hub left in the cluster: a server that still runs, or the pid file of one that is
 * gone. Asked only while we hold the data directory's lock, so no living hub uses the cluster.
 */
final class Orphan {

    private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);

    private Orphan() {}

    /** Ends the server, or removes the file; another process that got its pid is left alone. */
    static void end(Path cluster) throws IOException, InterruptedException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var process = process(pidFile);
        if (process.isPresent() && isServerOf(process.get(), cluster)) {
            LOG.warn(
                    "ending the PostgreSQL server {} that a killed hub left behind",
                    process.get().pid());
            ServerProcess.end(process.get(), cluster);
            return;
        }
        // PostgreSQL refuses to start as long as any process of this user has the pid in the file.
        LOG.info("the PostgreSQL server of {} ended without tidying up; it recovers", cluster);
        Files.deleteIfExists(pidFile);
    }

    private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
        String first = Files.readString(pidFile).lines().findFirst().orElse("").strip();
        if (!first.matches("[1-9][0-9]{0,9}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(first)).filter(ProcessHandle::isAlive);
    }

    /** A server works in its cluster's folder; where that can't be seen, its program must do. */
    private static boolean isServerOf(ProcessHandle process, Path cluster) throws IOException {
        Path folder = Path.of("/proc", Long.toString(process.pid()), "cwd");
        if (Files.isDirectory(Path.of("/proc/self"))) {
            return Files.isDirectory(folder) && Files.isSameFile(folder, cluster);
        }
        return process.info().command().filter(c -> c.endsWith("postgres")).isPresent();
    }
}
