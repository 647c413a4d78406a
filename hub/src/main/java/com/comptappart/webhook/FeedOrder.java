package com.comptappart.webhook;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Lets whoever pulls the feed miss nothing: positions are given in one order and committed in
 * another, so a reader must not go past a position that a running transaction may still hold.
 */
@Repository
class FeedOrder {

    /** Marks our advisory locks among others'. */
    private static final int LOCK_CLASS = 0x7765_6268;

    private final JdbcClient jdbc;

    FeedOrder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Says, until the transaction ends, that it may hold positions from here on; called before it
     * writes a notification.
     */
    void writing() {
        jdbc.sql(
                        """
                        select pg_advisory_xact_lock_shared(
                            :class, ((select last_value from webhook_notification_position_seq) & 2147483647)::integer)
                        """)
                .param("class", LOCK_CLASS)
                .query((row, number) -> true)
                .list();
    }

    /**
     * The position up to which nothing can still appear. The counter is read before the locks: who
     * took a position up to it had said so before.
     */
    long settled() {
        long given = given();
        return jdbc.sql(
                        """
                        select coalesce(min(:given - ((:given - objid::bigint) & 2147483647)) - 1, :given)
                        from pg_locks
                        where locktype = 'advisory' and classid::bigint = :class and objsubid = 2
                            and database = (select oid from pg_database where datname = current_database())
                        """)
                .param("given", given)
                .param("class", LOCK_CLASS)
                .query(Long.class)
                .single();
    }

    /** The last position that anybody took. */
    long given() {
        return jdbc.sql("select last_value from webhook_notification_position_seq")
                .query(Long.class)
                .single();
    }
}
