package com.comptappart.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Attempts as rows, for those who look. */
@Repository
class AttemptRows {

    /** How far the clocks of two nodes may be apart. */
    private static final Duration CLOCKS_APART = Duration.ofDays(1);

    private final JdbcClient jdbc;

    AttemptRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Oldest first; the days before the notification was owed are not looked through. */
    List<Notification.Attempt> of(Notification notification) {
        return jdbc.sql(
                        """
                        select number, at, url, address, status, error, diagnosis, request_headers, answer_headers, answer,
                            resolving_micros, connecting_micros, tls_micros, first_byte_micros, total_micros, asked_by
                        from webhook_attempt
                        where partner_id = :partner and notification_id = :id and at >= :since
                        order by number
                        """)
                .param("partner", notification.partner().value())
                .param("id", notification.id())
                .param(
                        "since",
                        notification.createdAt().minus(CLOCKS_APART).atOffset(ZoneOffset.UTC))
                .query((row, number) -> attempt(row))
                .list();
    }

    private static Notification.Attempt attempt(ResultSet row) throws SQLException {
        return new Notification.Attempt(
                row.getInt("number"),
                row.getTimestamp("at").toInstant(),
                row.getString("url"),
                row.getString("address"),
                row.getInt("status"),
                row.getString("error"),
                Diagnosis.of(row.getString("diagnosis")).orElse(null),
                row.getString("request_headers"),
                row.getString("answer_headers"),
                row.getString("answer"),
                new CallTimes(
                        micros(row, "resolving_micros"),
                        micros(row, "connecting_micros"),
                        micros(row, "tls_micros"),
                        row.getObject("first_byte_micros") == null
                                ? null
                                : micros(row, "first_byte_micros"),
                        micros(row, "total_micros")),
                row.getString("asked_by"));
    }

    private static Duration micros(ResultSet row, String column) throws SQLException {
        return Duration.ofNanos(row.getLong(column) * 1_000);
    }
}
