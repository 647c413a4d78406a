package com.comptappart.invoice;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes one node at a time the writer of a series, by a session lock that the database frees when
 * the node dies, or says nothing for as long as a transaction may. It saves useless work; that
 * numbers have no gap is decided by the counter row alone.
 */
@Component
class SeriesLock {

    /** Writers give it back after a few batches, and whoever waits is next. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final int ANSWER_SECONDS = 5;

    /** A frozen process holds its session: it must not hold the series with it. */
    private static final String TRY =
            """
            select case when pg_try_advisory_lock(?) then
                set_config('idle_session_timeout', current_setting('idle_in_transaction_session_timeout'), false) is not null
            else false end
            """;

    private static final String GIVE_BACK =
            "select pg_advisory_unlock(?) and set_config('idle_session_timeout', '0', false) is not null";

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    SeriesLock(DataSource dataSource, JdbcClient jdbc) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
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

        /**
         * Says that its holder is alive; false where it was thought dead, and another one may hold
         * the lock.
         */
        boolean keep() {
            try {
                return connection.isValid(ANSWER_SECONDS);
            } catch (SQLException e) {
                throw new IllegalArgumentException(e);
            }
        }

        @Override
        public void close() {
            try (connection) {
                if (taken) {
                    run(connection, GIVE_BACK, key);
                }
            } catch (SQLException e) {
                // The session is broken, and its locks went with it.
                throw new IllegalStateException("the lock of a series could not be given back", e);
            }
        }
    }

    /**
     * Waits until nobody writes a seller's series; nobody does until the caller's transaction ends.
     *
     * @throws org.springframework.dao.PessimisticLockingFailureException after half a minute
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void takeUntilCommit(ClosingRows.Books books) {
        jdbc.sql("select set_config('lock_timeout', :millis, true)")
                .param("millis", Long.toString(LONGEST_WAIT.toMillis()))
                .query(String.class)
                .single();
        for (DocumentKind kind : DocumentKind.values()) {
            jdbc.sql("select pg_advisory_xact_lock(:key)")
                    .param(
                            "key",
                            key(
                                    new RequestRows.Writer(
                                            books.sellerId(), books.environment(), kind)))
                    .query((row, number) -> true)
                    .single();
        }
    }

    Held tryTake(RequestRows.Writer writer) {
        long key = key(writer);
        try {
            Connection connection = dataSource.getConnection();
            try {
                return new Held(connection, key, run(connection, TRY, key));
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
