package com.comptappart.database;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server again whenever it ends without being asked, as when the system killed it for
 * want of memory: a hub whose database stays away can do nothing more but refuse.
 */
final class ServerKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerKeeper.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Starts a server where the one before listened, and waits until it is ready. */
    @FunctionalInterface
    interface Starter {
        Process start() throws IOException, InterruptedException;
    }

    private final Starter starter;
    private final Thread thread;
    private volatile Process server;

    private ServerKeeper(Process server, Starter starter) {
        this.server = server;
        this.starter = starter;
        thread = Thread.ofPlatform().name("postgres-keeper").daemon().unstarted(this::keep);
    }

    static ServerKeeper of(Process server, Starter starter) {
        var keeper = new ServerKeeper(server, starter);
        keeper.thread.start();
        return keeper;
    }

    /** The one that runs now. */
    Process server() {
        return server;
    }

    /** From here on nothing starts a server any more; the one that runs is left running. */
    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void keep() {
        try {
            while (true) {
                int status = server.waitFor();
                LOG.error("PostgreSQL ended with status {} unasked; it is started again", status);
                server = again();
                LOG.info("PostgreSQL runs again");
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its last sessions may still end, and its port be taken for a moment: never gives up. */
    private Process again() throws InterruptedException {
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
            Thread.sleep(pause);
            try {
                return starter.start();
            } catch (IOException | RuntimeException e) {
                LOG.error("PostgreSQL does not start; tried again: {}", e.getMessage());
            }
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
