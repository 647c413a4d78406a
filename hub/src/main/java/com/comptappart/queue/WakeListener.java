package com.comptappart.queue;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Passes other nodes' {@code NOTIFY} on to this node's loops, over one connection of its own. */
@Component
@ConditionalOnBooleanProperty(name = "comptappart.workers", matchIfMissing = true)
class WakeListener implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WakeListener.class);
    private static final String NOBODY = "";
    private static final int WAIT_MILLIS = 500;
    private static final long RECONNECT_MILLIS = 2_000;

    /** Listening alone never finds out that the server is gone. */
    private static final long ASK_EVERY_NANOS = 15_000_000_000L;

    private static final int ANSWER_SECONDS = 5;

    private final DataSource dataSource;
    private final Wake wake;
    private volatile boolean running;
    private @Nullable Thread thread;
    private volatile boolean listening;

    WakeListener(DataSource dataSource, Wake wake) {
        this.dataSource = dataSource;
        this.wake = wake;
    }

    @Override
    public void start() {
        running = true;
        if (!wake.hasOthers()) {
            return;
        }
        thread = Thread.ofPlatform().name("wake-listener").daemon().start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        var current = thread;
        if (current == null) {
            return;
        }
        endWait();
        try {
            current.join(2L * WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the wait for the next signal at once, by one that wakes nobody. */
    private void endWait() {
        if (!listening) {
            return;
        }
        try {
            wake.tellOthers(NOBODY);
        } catch (DataAccessException e) {
            LOG.debug("no signal got through; the wait ends by itself", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try {
                listen();
            } catch (SQLException e) {
                LOG.warn(
                        "listening for other nodes' signals failed, polling goes on; again in 2 s: {}",
                        e.toString());
                pause();
            }
        }
    }

    private void listen() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            try (var statement = connection.createStatement()) {
                statement.execute("listen " + Wake.CHANNEL);
            }
            var notifications = connection.unwrap(PGConnection.class);
            listening = true;
            long asked = System.nanoTime();
            while (running) {
                var received = notifications.getNotifications(WAIT_MILLIS);
                if (System.nanoTime() - asked > ASK_EVERY_NANOS) {
                    if (!connection.isValid(ANSWER_SECONDS)) {
                        throw new SQLException("the server does not answer any more");
                    }
                    asked = System.nanoTime();
                }
                if (received == null) {
                    continue;
                }
                for (var each : received) {
                    if (!each.getParameter().equals(NOBODY)) {
                        wake.signal(each.getParameter());
                    }
                }
            }
            try (var statement = connection.createStatement()) {
                statement.execute("unlisten *");
            }
        } finally {
            listening = false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RECONNECT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
