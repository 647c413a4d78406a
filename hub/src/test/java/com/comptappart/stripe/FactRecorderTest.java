package com.comptappart.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Receipt;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PaidOrders;
import java.util.List;
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

    private static final PartnerId PARTNER = new PartnerId("part_1");
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
                                                Facts.ofOrders(
                                                        List.of(
                                                                PaidOrders.guide(
                                                                        sold, PARTNER, 999)),
                                                        Receipt.captured(
                                                                "",
                                                                Environment.STAGING,
                                                                PaidOrders.guide(sold, PARTNER, 999)
                                                                        .stripeObject(),
                                                                Currency.EUR,
                                                                999)),
                                                Facts.ofRefunds(
                                                        List.of(
                                                                PaidOrders.refund(
                                                                        Environment.STAGING,
                                                                        refunded,
                                                                        "re_" + refunded,
                                                                        500,
                                                                        Currency.EUR))))));
        return null;
    }
}
