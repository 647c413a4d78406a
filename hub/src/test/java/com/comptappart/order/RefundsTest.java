package com.comptappart.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.Currency;
import com.comptappart.kernel.Environment;
import com.comptappart.kernel.OrderId;
import com.comptappart.kernel.PartnerId;
import com.comptappart.order.Refund.Status;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.PaidOrders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What orders take of refunds, told in any order, any number of times, by several workers. */
class RefundsTest {

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
    void a_succeeded_refund_is_taken_once_however_often_it_is_told() {
        order("once", 9999);
        record(refund("once", "re_once", 3000, Status.SUCCEEDED));
        record(
                refund("once", "re_once", 3000, Status.SUCCEEDED),
                refund("once", "re_once", 3000, Status.SUCCEEDED));
        record(refund("once", "re_once", 3000, Status.PENDING));

        assertThat(taken("once")).containsExactly(3000L);
        assertThat(status("re_once")).isEqualTo("succeeded true 3000");
    }

    @Test
    void a_pending_or_failed_refund_takes_nothing() {
        order("pending", 9999);
        record(refund("pending", "re_pending", 3000, Status.PENDING));
        record(refund("pending", "re_failing", 3000, Status.PENDING));
        record(refund("pending", "re_failing", 3000, Status.FAILED));

        assertThat(taken("pending")).isEmpty();
        assertThat(status("re_failing")).isEqualTo("failed false 0");
    }

    @Test
    void a_refund_that_is_told_before_its_order_waits_for_it() {
        record(refund("early", "re_early", 9999, Status.SUCCEEDED));
        assertThat(status("re_early")).isEqualTo("succeeded true 0");

        order("early", 9999);

        assertThat(taken("early")).containsExactly(9999L);
        assertThat(status("re_early")).isEqualTo("succeeded true 9999");
    }

    @Test
    void all_orders_of_its_states_end_the_same() {
        var states = List.of(Status.PENDING, Status.SUCCEEDED, Status.FAILED, Status.SUCCEEDED);
        var random = new Random(7);
        for (int i = 0; i < 24; i++) {
            var shuffled = new ArrayList<>(states);
            Collections.shuffle(shuffled, random);
            String name = "shuffled" + i;
            boolean orderFirst = random.nextBoolean();
            if (orderFirst) {
                order(name, 9999);
            }
            shuffled.forEach(state -> record(refund(name, "re_" + name, 4000, state)));
            if (!orderFirst) {
                order(name, 9999);
            }
            assertThat(status("re_" + name)).as("%s", shuffled).isEqualTo("failed true 4000");
            assertThat(taken(name)).as("%s", shuffled).containsExactly(4000L);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1 0 0", "100, 51 29 20", "9999, 5099 2900 2000", "10000, 5100 2900 2000"})
    void a_refund_of_a_cart_is_split_over_its_orders_in_proportion(long amount, String parts) {
        String name = "cart" + amount;
        cart(name, 5100, 2900, 2000);
        record(refund(name, "re_" + name, amount, Status.SUCCEEDED));

        assertThat(taken(name))
                .containsExactlyElementsOf(
                        Arrays.stream(parts.split(" "))
                                .map(Long::valueOf)
                                .filter(each -> each > 0)
                                .toList());
    }

    @Test
    void a_refund_that_names_an_order_is_its_first_and_a_stranger_s_name_counts_for_nothing() {
        var orders = cart("named", 5000, 5000);
        var stranger = order("stranger", 5000);
        record(naming("named", "re_named", 3000, orders.getLast().id()));
        assertThat(takenBy("re_named"))
                .containsExactly(orders.getLast().id().value() + " 3000 false");

        record(naming("named", "re_strange", 7000, stranger.id()));
        assertThat(takenBy("re_strange"))
                .containsExactlyInAnyOrder(
                        orders.getFirst().id().value() + " 5000 true",
                        orders.getLast().id().value() + " 2000 true");
        assertThat(taken("stranger")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"named other", "other named"})
    void what_the_named_order_has_no_room_for_goes_to_the_others_of_its_payment(String told) {
        String name = told.replace(" ", "");
        var orders = cart(name, 6000, 6000);
        for (String each : told.split(" ")) {
            record(
                    each.equals("named")
                            ? naming(name, "re_named" + name, 6000, orders.getFirst().id())
                            : refund(name, "re_other" + name, 4000, Status.SUCCEEDED));
        }
        assertThat(orders.stream().map(RefundsTest::left)).containsExactly(0L, 2000L);
        assertThat(taken(name).stream().mapToLong(each -> each).sum()).isEqualTo(10_000);
    }

    @Test
    void a_refund_that_names_an_order_stands_behind_its_credit_notes_before_others_take_of_it() {
        var orders = cart("behind", 6000, 6000);
        record(naming("behind", "re_behind1", 6000, orders.getFirst().id()));
        record(refund("behind", "re_behind1", 6000, Status.FAILED));
        record(naming("behind", "re_behind2", 7000, orders.getFirst().id()));
        assertThat(unfunded("behind")).isEmpty();
        assertThat(orders.stream().map(RefundsTest::left)).containsExactly(0L, 5000L);
    }

    @Test
    void more_than_was_paid_is_kept_and_waits_for_a_person() {
        order("more", 1000);
        record(refund("more", "re_more1", 900, Status.SUCCEEDED));
        record(refund("more", "re_more2", 900, Status.SUCCEEDED));

        assertThat(taken("more")).containsExactly(900L, 100L);
        assertThat(status("re_more2")).isEqualTo("succeeded true 100");
    }

    @Test
    void a_refund_that_came_back_leaves_a_credit_note_that_the_next_refund_covers() {
        var order = order("back", 9999);
        record(refund("back", "re_back1", 9999, Status.SUCCEEDED));
        assertThat(left(order)).isZero();
        record(refund("back", "re_back1", 9999, Status.FAILED));
        assertThat(unfunded("back")).containsExactly("re_back1 9999");
        assertThat(left(order)).isEqualTo(9999);

        record(refund("back", "re_back2", 9999, Status.SUCCEEDED));
        assertThat(taken("back")).containsExactly(9999L);
        assertThat(unfunded("back")).isEmpty();
        assertThat(left(order)).isZero();

        record(refund("back", "re_back2", 9999, Status.FAILED));
        assertThat(unfunded("back")).containsExactly("re_back1 9999");
        record(refund("back", "re_back3", 9999, Status.SUCCEEDED));
        assertThat(unfunded("back")).isEmpty();
        assertThat(taken("back")).containsExactly(9999L);
    }

    @Test
    void the_oldest_credit_notes_without_money_are_covered_first() {
        order("oldest", 9000);
        for (String id : List.of("re_oldest1", "re_oldest2", "re_oldest3")) {
            record(refund("oldest", id, 3000, Status.SUCCEEDED));
        }
        for (String id : List.of("re_oldest3", "re_oldest1", "re_oldest2")) {
            record(refund("oldest", id, 3000, Status.FAILED));
        }
        record(refund("oldest", "re_oldest4", 3000, Status.SUCCEEDED));
        assertThat(unfunded("oldest")).containsExactly("re_oldest2 3000", "re_oldest3 3000");
        record(refund("oldest", "re_oldest5", 6000, Status.SUCCEEDED));
        assertThat(unfunded("oldest")).isEmpty();
        assertThat(taken("oldest")).containsExactly(3000L, 3000L, 3000L);
    }

    @Test
    void a_refund_of_another_amount_has_a_credit_note_of_its_own_while_there_is_room() {
        var order = order("other", 10_000);
        record(refund("other", "re_other1", 6000, Status.SUCCEEDED));
        record(refund("other", "re_other1", 6000, Status.FAILED));
        record(refund("other", "re_other2", 3000, Status.SUCCEEDED));
        assertThat(taken("other")).containsExactly(6000L, 3000L);
        assertThat(unfunded("other")).containsExactly("re_other1 6000");
        assertThat(left(order)).isEqualTo(7000);

        record(refund("other", "re_other3", 7000, Status.SUCCEEDED));
        assertThat(taken("other")).containsExactly(6000L, 3000L, 1000L);
        assertThat(unfunded("other")).isEmpty();
        assertThat(left(order)).isZero();
    }

    /** Nothing but what is told: here nobody asks Stripe. */
    @Test
    void the_sums_are_right_whichever_of_two_refunds_is_read_before_the_failure() {
        var parts = List.of("S1 F1 S2", "F1 S1 S2", "S2 F1 S1", "F1 S2 S1", "S1 S2 F1", "S2 S1 F1");
        for (int i = 0; i < parts.size(); i++) {
            String name = "replaced" + i;
            var order = order(name, 10_000);
            for (String step : parts.get(i).split(" ")) {
                var status = step.startsWith("F") ? Status.FAILED : Status.SUCCEEDED;
                record(refund(name, "re_" + name + step.substring(1), 3_000, status));
            }
            assertThat(left(order)).as(parts.get(i)).isEqualTo(7_000);
            boolean issuedBefore = i >= 4;
            assertThat(taken(name).size() + " " + unfunded(name).size())
                    .as("%s: credit notes, and those without money", parts.get(i))
                    .isEqualTo(issuedBefore ? "2 1" : "1 0");
        }
    }

    @Test
    void a_cart_s_refund_that_came_back_is_covered_order_by_order_or_whole() {
        var orders = cart("backcart", 5100, 2900, 2000);
        record(refund("backcart", "re_backcart1", 10_000, Status.SUCCEEDED));
        record(refund("backcart", "re_backcart1", 10_000, Status.FAILED));
        record(naming("backcart", "re_backcart2", 2900, orders.get(1).id()));
        assertThat(orders.stream().map(RefundsTest::left)).containsExactly(5100L, 0L, 2000L);
        record(refund("backcart", "re_backcart3", 7100, Status.SUCCEEDED));
        assertThat(unfunded("backcart")).isEmpty();
        assertThat(taken("backcart")).containsExactly(5100L, 2900L, 2000L);
    }

    @Test
    void two_workers_give_a_payment_no_more_than_it_brought() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = "race" + round;
            try (var workers = Executors.newFixedThreadPool(4)) {
                var done = new ArrayList<Future<?>>();
                for (int i = 0; i < 4; i++) {
                    String id = "re_" + name + "_" + i % 3;
                    done.add(
                            workers.submit(() -> record(refund(name, id, 4000, Status.SUCCEEDED))));
                }
                done.add(workers.submit(() -> cart(name, 3333, 3333, 3334)));
                for (Future<?> each : done) {
                    each.get();
                }
            }
            assertThat(taken(name).stream().mapToLong(each -> each).sum()).isEqualTo(10_000);
            assertThat(
                            hub.jdbc()
                                    .sql(
                                            """
                                            select count(*) from paid_order o
                                            where o.payment_reference = :payment and o.total_minor <> (
                                                select sum(t.amount_minor) from order_refund t where t.order_id = o.order_id)
                                            """)
                                    .param("payment", "pi_" + name)
                                    .query(Long.class)
                                    .single())
                    .isZero();
        }
    }

    @Test
    void what_was_given_back_and_which_refunds_gave_it_are_of_one_moment() throws Exception {
        var order = order("moment", 10_000);
        var amounts = hub.bean(RefundedAmounts.class);
        try (var worker = Executors.newSingleThreadExecutor()) {
            var recorded =
                    worker.submit(() -> {
                        for (int i = 0; i < 200; i++) {
                            record(refund("moment", "re_moment" + i, 10, Status.SUCCEEDED));
                        }
                    });
            while (!recorded.isDone()) {
                var refunded = amounts.of(order);
                assertThat(refunded.minor()).isEqualTo(10L * refunded.refunds().size());
            }
            recorded.get();
        }
        assertThat(amounts.of(order).refunds()).hasSize(200);
    }

    private static Order order(String name, long total) {
        return cart(name, total).getFirst();
    }

    /** One payment that makes an order for each of several partners. */
    private static List<Order> cart(String name, long... totals) {
        var paid = new ArrayList<PaidOrder>();
        for (int i = 0; i < totals.length; i++) {
            paid.add(PaidOrders.guide(name, new PartnerId("part_" + i), totals[i]));
        }
        return transaction().execute(_ -> hub.bean(Orders.class).record(paid));
    }

    private static void record(Refund... refunds) {
        transaction().executeWithoutResult(_ -> hub.bean(Refunds.class).record(List.of(refunds)));
    }

    private static TransactionTemplate transaction() {
        return new TransactionTemplate(hub.bean(PlatformTransactionManager.class));
    }

    private static Refund refund(String name, String id, long amount, Status status) {
        return new Refund(
                "",
                Environment.STAGING,
                id,
                "pi_" + name,
                "ch_" + name,
                amount,
                Currency.EUR,
                status,
                "requested_by_customer",
                status == Status.FAILED ? "lost_or_stolen_card" : "",
                null,
                "evt_" + id,
                PaidOrders.AT);
    }

    private static Refund naming(String name, String id, long amount, OrderId order) {
        return new Refund(
                "",
                Environment.STAGING,
                id,
                "pi_" + name,
                null,
                amount,
                Currency.EUR,
                Status.SUCCEEDED,
                "",
                "",
                order,
                "evt_" + id,
                PaidOrders.AT);
    }

    private static long left(Order order) {
        return order.paid().total() - hub.bean(RefundedAmounts.class).of(order).minor();
    }

    private static List<String> unfunded(String name) {
        return hub.jdbc()
                .sql(
                        """
                        select refund_id || ' ' || amount_minor from unfunded_refund
                        where payment_reference = :payment order by refund_id, order_id
                        """)
                .param("payment", "pi_" + name)
                .query(String.class)
                .list();
    }

    private static String status(String id) {
        return hub.jdbc()
                .sql(
                        "select status || ' ' || succeeded || ' ' || placed_minor from refund where refund_id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    /** In the order of recording. */
    private static List<Long> taken(String name) {
        return hub.jdbc()
                .sql(
                        """
                        select t.amount_minor
                        from order_refund t join paid_order o on o.order_id = t.order_id
                        where o.payment_reference = :payment
                        order by t.created_at, t.order_id
                        """)
                .param("payment", "pi_" + name)
                .query(Long.class)
                .list();
    }

    private static List<String> takenBy(String refund) {
        return hub.jdbc()
                .sql(
                        "select order_id || ' ' || amount_minor || ' ' || completes from order_refund where refund_id = :refund")
                .param("refund", refund)
                .query(String.class)
                .list();
    }
}
