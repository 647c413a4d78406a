package com.comptappart.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A clock that only moves when somebody sleeps. */
class RateLimitTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private final Semaphore room = new Semaphore(10_000);
    private final RateLimit limit = new RateLimit(25, now::get, now::addAndGet);

    @Test
    void no_second_holds_more_than_25_begins_whenever_it_starts() throws Exception {
        List<Long> begins = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            assertThat(limit.enter("GET /v1/x", LONG, room)).isTrue();
            begins.add(now.get());
            now.addAndGet(i % 7 * 3_000_000L);
        }
        for (int i = 25; i < begins.size(); i++) {
            assertThat(begins.get(i) - begins.get(i - 25)).isGreaterThan(1_000_000_000L);
        }
    }

    @Test
    void a_burst_of_25_waits_for_nothing_and_another_endpoint_not_for_the_first() throws Exception {
        long start = now.get();
        for (int i = 0; i < 25; i++) {
            limit.enter("GET /v1/x", LONG, room);
            limit.enter("GET /v1/x of acct_1", LONG, room);
        }
        assertThat(now.get()).isEqualTo(start);
        limit.enter("GET /v1/x", LONG, room);
        assertThat(now.get()).isGreaterThan(start);
    }

    @Test
    void who_can_not_have_a_turn_in_time_is_sent_away_at_once_and_takes_none() throws Exception {
        for (int i = 0; i < 25; i++) {
            limit.enter("GET /v1/x", LONG, room);
        }
        long start = now.get();
        assertThat(limit.enter("GET /v1/x", Duration.ofMillis(500), room)).isFalse();
        assertThat(now.get()).isEqualTo(start);
        assertThat(limit.enter("GET /v1/x", Duration.ofMillis(1_100), room)).isTrue();
    }

    @Test
    void without_room_no_turn_is_used_up() throws Exception {
        var none = new Semaphore(0);
        for (int i = 0; i < 100; i++) {
            assertThat(limit.enter("GET /v1/x", Duration.ZERO, none)).isFalse();
        }
        assertThat(limit.enter("GET /v1/x", Duration.ZERO, room)).isTrue();
    }

    @Test
    void many_threads_at_once_are_held_to_the_same_rate() throws Exception {
        var begins = new ConcurrentLinkedQueue<Long>();
        Callable<Boolean> call =
                () -> {
                    boolean in = limit.enter("POST /v1/x", LONG, room);
                    begins.add(now.get());
                    return in;
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 100; i++) {
                calls.add(call);
            }
            for (var done : threads.invokeAll(calls)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(now.get() - (Long.MAX_VALUE - 5_000_000_000L)).isEqualTo(3 * 1_050_000_000L);
        assertThat(begins).hasSize(100);
    }

    @Test
    void ids_in_a_path_are_one_endpoint() {
        assertThat(StripePath.endpoint("/v1/checkout/sessions/cs_1/line_items?limit=100"))
                .isEqualTo("/v1/checkout/sessions/*/line_items");
        assertThat(StripePath.endpoint("/v1/products/prod_a"))
                .isEqualTo(StripePath.endpoint("/v1/products/sku-b"));
    }
}
