package com.comptappart.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Buyer;
import com.comptappart.order.OrderLine;
import com.comptappart.order.PaidOrder;
import com.comptappart.order.Payment;
import com.comptappart.order.Refund;
import com.comptappart.testing.HubForTests;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Batches of events that two workers record at the same moment. */
class FactRecorderTest {

    private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");
    private static HubForTests hub;

    @BeforeAll
    static void start() {
        hub = new HubForTests().start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void two_workers_with_an_order_and_the_refund_of_the_others_order_never_wait_for_each_other()
            throws Exception {
        var together = new CyclicBarrier(2);
        try (var workers = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 30; round++) {
                String one = "one" + round;
                String other = "other" + round;
                Future<?> first = workers.submit(() -> record(together, one, other));
                Future<?> second = workers.submit(() -> record(together, other, one));
                first.get(30, TimeUnit.SECONDS);
                second.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(
                        hub.jdbc()
                                .sql("select count(*) from order_refund where amount_minor = 500")
                                .query(Long.class)
                                .single())
                .isEqualTo(60);
    }

    private static Void record(CyclicBarrier together, String sold, String refunded)
            throws Exception {
        together.await(30, TimeUnit.SECONDS);
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ ->
                        hub.bean(FactRecorder.class)
                                .record(
                                        List.of(
                                                Facts.ofOrders(List.of(order(sold))),
                                                Facts.ofRefunds(List.of(refund(refunded))))));
        return null;
    }

    private static PaidOrder order(String name) {
        return new PaidOrder(
                "",
                Environment.STAGING,
                "cs_" + name,
                "evt_" + name,
                new PartnerId("part_1"),
                new Buyer(
                        "Marie Martin",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "FR",
                        null,
                        null,
                        false,
                        "fr"),
                Currency.EUR,
                List.of(new OrderLine("prod_1", "Guide", 1, 999, 0, BigDecimal.ZERO, "services")),
                new Payment(AT, "card", "4242", "pi_" + name),
                "one_time",
                null,
                List.of(),
                "[]",
                Map.of(),
                "");
    }

    private static Refund refund(String name) {
        return new Refund(
                "",
                Environment.STAGING,
                "re_" + name,
                "pi_" + name,
                null,
                500,
                Currency.EUR,
                Refund.Status.SUCCEEDED,
                "",
                "",
                null,
                "evt_re_" + name,
                AT);
    }
}
