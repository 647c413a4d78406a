package com.comptappart.webhook;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Paris;
import com.comptappart.testing.HubForTests;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is counted of deliveries is what was tried. */
class DeliveryFiguresTest {

    @Test
    void every_attempt_is_counted_once_before_and_after_the_rows_are_added_up() {
        try (var yes = Receiver.answering(200);
                var no = Receiver.answering(400);
                var hub = new HubForTests().withInventedOrders().start()) {
            var others = new WebhooksForTests(hub);
            var figures = hub.bean(DeliveryFigures.class);
            var partner = others.partner();
            var good = others.endpoint(partner, yes.url("/hook")).endpoint();
            var bad = others.endpoint(partner, no.url("/hook")).endpoint();
            for (int i = 1; i <= 3; i++) {
                others.eventuallyTried(others.endpoints.ping(good), 1);
            }
            others.eventuallyTried(others.endpoints.ping(bad), 1);
            var today = Paris.dayOf(hub.bean(Clock.class).instant());
            var counted =
                    eventually(
                            () ->
                                    figures.days(
                                            partner,
                                            Environment.STAGING,
                                            today.minusDays(1),
                                            today),
                            days -> !days.isEmpty() && days.getLast().attempts() == 4);
            assertThat(counted.getLast().delivered()).isEqualTo(3);
            assertThat(counted.getLast().p95()).isNotNull().isLessThan(Duration.ofSeconds(5));

            hub.bean(AttemptTallies.class).addUp();
            assertThat(figures.days(partner, Environment.STAGING, today.minusDays(1), today))
                    .isEqualTo(counted);
            assertThat(figures.days(others.partner(), Environment.STAGING, today, today)).isEmpty();
            assertThat(figures.days(partner, Environment.PRODUCTION, today, today)).isEmpty();
            assertThat(keysWithSeveralRows(hub)).isZero();
        }
    }

    private static int keysWithSeveralRows(HubForTests hub) {
        return hub.jdbc()
                .sql(
                        """
                        select count(*)
                        from (
                            select 1 from webhook_tally
                            group by environment, day, partner_id, delivered, bucket having count(*) > 1) as several
                        """)
                .query(Integer.class)
                .single();
    }

    @Test
    void percentiles_are_within_a_quarter_of_the_exact_ones() {
        var spread = new LatencySpread();
        IntStream.rangeClosed(1, 1_000)
                .forEach(millis -> spread.add(true, (int) Math.floor(10 * Math.log10(millis)), 1));
        spread.add(false, 45, 500);
        var day = spread.of(LocalDate.of(2026, 11, 30));
        assertThat(day.p50()).isNotNull();
        assertThat(day.p50().toMillis()).isBetween(400L, 625L);
        assertThat(day.p95()).isNotNull();
        assertThat(day.p95().toMillis()).isBetween(760L, 1_190L);
        assertThat(day.attempts()).isEqualTo(1_500);
        assertThat(new LatencySpread().of(day.day()).p50()).isNull();
    }
}
