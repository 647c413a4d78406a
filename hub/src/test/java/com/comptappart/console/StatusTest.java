package com.comptappart.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.MovableClock;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The page that says to everybody whether the hub does its work. */
class StatusTest {

    private static HubForTests hub(MovableClock clock) {
        return new HubForTests()
                .withInventedOrders()
                .with("comptappart.workers", "false")
                .at(clock)
                .start();
    }

    /** An event that came at that time and is still to be read. */
    private static void event(HubForTests hub, String id, String receivedAt) {
        hub.jdbc()
                .sql(
                        """
                        insert into stripe_event (account, environment, event_id, type, api_version, event_created, body,
                            received_at, state, due_at)
                        values ('', 'staging', :id, 'charge.updated', '', :at::timestamptz, '{}', :at::timestamptz, 'pending',
                            :at::timestamptz)
                        """)
                .param("id", id)
                .param("at", receivedAt)
                .update();
    }

    @Test
    void it_says_to_a_stranger_in_two_languages_that_all_works_and_nothing_more() {
        try (var hub = hub(new MovableClock("2026-11-30T10:00:00Z"))) {
            var page = new Browser(hub).open("/status");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("Tout fonctionne", "depuis le 30 nov. 2026, 11:00")
                    .doesNotContain("partenaires\"", "PostgreSQL", "style=");
            assertThat(page.headers().firstValue("Cache-Control")).contains("max-age=10, public");
            assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
            assertThat(new Browser(hub).speaking("en").open("/status").body())
                    .contains("Everything works");
            assertThat(new Browser(hub).open("/status?langue=en").body())
                    .contains("Everything works");
            assertThat(hub.get("/status.json").body())
                    .startsWith("{\"status\":\"ok\",\"checked_at\":\"2026-11-30T10:00:00Z\"")
                    .contains(
                            "{\"name\":\"deliveries\",\"status\":\"ok\",\"since\":\"2026-11-30T10:00:00Z\"}");
        }
    }

    @Test
    void what_waits_for_a_minute_is_late_and_for_a_quarter_of_an_hour_has_stopped() {
        var clock = new MovableClock("2026-11-30T10:00:00Z");
        try (var hub = hub(clock)) {
            event(hub, "evt_late", "2026-11-30T10:00:00Z");
            clock.moveTo("2026-11-30T10:00:59Z");
            assertThat(hub.get("/status.json").body()).contains("\"events\",\"status\":\"ok\"");
            clock.moveTo("2026-11-30T10:05:00Z");
            assertThat(hub.get("/status.json").body())
                    .startsWith("{\"status\":\"slow\"")
                    .contains(
                            "{\"name\":\"events\",\"status\":\"slow\",\"since\":\"2026-11-30T10:00:00Z\"}")
                    .contains("\"invoices\",\"status\":\"ok\"");
            clock.moveTo("2026-11-30T10:15:00Z");
            assertThat(hub.get("/status.json").body()).startsWith("{\"status\":\"down\"");
            assertThat(new Browser(hub).open("/status").body())
                    .contains("Une partie ne fonctionne pas", "ne sont pas lus depuis");
            hub.jdbc().sql("update stripe_event set state = 'done'").update();
            clock.moveTo("2026-11-30T10:16:00Z");
            assertThat(hub.get("/status.json").body())
                    .contains(
                            "{\"name\":\"events\",\"status\":\"ok\",\"since\":\"2026-11-30T10:16:00Z\"}");
        }
    }

    @Test
    void a_database_that_does_not_answer_is_an_answer_within_seconds() throws Exception {
        var clock = new MovableClock("2026-11-30T10:00:00Z");
        try (var hub = hub(clock)) {
            assertThat(hub.get("/status.json").body()).startsWith("{\"status\":\"ok\"");
            var pool = hub.bean(DataSource.class).unwrap(HikariDataSource.class);
            var taken = new ArrayList<AutoCloseable>();
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                taken.add(pool.getConnection());
            }
            clock.moveTo("2026-11-30T10:01:00Z");
            long asked = System.nanoTime();
            var page = new Browser(hub).open("/status");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("La base du hub ne répond pas", "trois jours");
            assertThat(hub.get("/status.json").body())
                    .startsWith("{\"status\":\"down\"")
                    .contains("\"since\":\"2026-11-30T10:01:00Z\"");
            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .isLessThan(Duration.ofSeconds(8));
            for (var each : taken) {
                each.close();
            }
            clock.moveTo("2026-11-30T10:02:00Z");
            HubForTests.eventually(
                    () -> {
                        clock.moveTo(clock.instant().plusSeconds(11).toString());
                        return hub.get("/status.json").body();
                    },
                    body -> body.startsWith("{\"status\":\"ok\""));
        }
    }
}
