package com.comptappart.webhook;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table of each day's attempts. */
@Repository
class AttemptTables {

    private static final String PREFIX = "webhook_attempt_";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);

    private final JdbcClient jdbc;

    AttemptTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What was stored of that day before it had a table goes into it. */
    @Transactional
    public void make(LocalDate day) {
        alone();
        String name = PREFIX + DAY.format(day);
        boolean exists =
                jdbc.sql("select to_regclass(:name) is not null")
                        .param("name", name)
                        .query(Boolean.class)
                        .single();
        if (exists) {
            return;
        }
        run("create table %s (like webhook_attempt including all)".formatted(name));
        // Until the end, nothing of that day is stored elsewhere.
        run("lock table webhook_attempt_other in access exclusive mode");
        jdbc.sql(
                        """
                        with moved as (
                            delete from webhook_attempt_other where at >= :from and at < :until returning *)
                        insert into %s select * from moved
                        """
                                .formatted(name))
                .param("from", day.atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("until", day.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .update();
        run(
                "alter table webhook_attempt attach partition %s for values from ('%s 00:00:00+00') to ('%s 00:00:00+00')"
                        .formatted(name, day, day.plusDays(1)));
    }

    /** Drops the tables of the days before that one. */
    @Transactional
    public void dropBefore(LocalDate day) {
        alone();
        jdbc.sql(
                        """
                        select child.relname
                        from pg_inherits join pg_class child on child.oid = inhrelid
                        where inhparent = 'webhook_attempt'::regclass and child.relname ~ '_[0-9]{8}$'
                            and child.relname < :first
                        order by child.relname
                        """)
                .param("first", PREFIX + DAY.format(day))
                .query(String.class)
                .list()
                .forEach(name -> run("drop table " + name));
        jdbc.sql("delete from webhook_attempt_other where at < :from")
                .param("from", day.atStartOfDay().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** One node at a time, and none that waits long for what others do with the table. */
    private void alone() {
        run("set local lock_timeout = '3s'");
        jdbc.sql("select pg_advisory_xact_lock(hashtext('webhook_attempt'))")
                .query((row, number) -> true)
                .list();
    }

    private void run(String sql) {
        jdbc.sql(sql).update();
    }
}
