package com.comptappart.invoice;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * Makes one node at a time the writer of a series, by a session lock that the database frees when
 * the node dies. It saves useless work; that numbers have no gap is decided by the counter row
 * alone.
 */
@Component
class SeriesLock {

    private final DataSource dataSource;

    SeriesLock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Held until closed. */
    static final class Held implements AutoCloseable {

        private final Connection connection;
        private final long key;
        private final boolean taken;

        private Held(Connection connection, long key, boolean taken) {
            this.connection = connection;
            this.key = key;
            this.taken = taken;
        }

        boolean isTaken() {
            return taken;
        }

        @Override
        public void close() {
            try (connection) {
                if (taken) {
                    run(connection, "select pg_advisory_unlock(?)", key);
                }
            } catch (SQLException e) {
                // The session is broken, and its locks went with it.
                throw new IllegalStateException("the lock of a series could not be given back", e);
            }
        }
    }

    Held tryTake(RequestRows.Writer writer) {
        long key = key(writer);
        try {
            Connection connection = dataSource.getConnection();
            try {
                return new Held(
                        connection, key, run(connection, "select pg_try_advisory_lock(?)", key));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the lock of a series could not be asked for", e);
        }
    }

    private static boolean run(Connection connection, String sql, long key) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, key);
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private static long key(RequestRows.Writer writer) {
        byte[] hash =
                Hashes.sha256(
                        "comptappart/"
                                + writer.kind().code()
                                + "/"
                                + writer.sellerId()
                                + "/"
                                + writer.environment().code());
        return java.nio.ByteBuffer.wrap(hash).getLong();
    }
}
