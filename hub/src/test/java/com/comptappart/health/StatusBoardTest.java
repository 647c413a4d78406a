package com.comptappart.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.health.Board.Level;
import com.comptappart.kernel.Backlog;
import com.comptappart.kernel.Backlogs;
import com.comptappart.testing.MovableClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The status page can't be used to load the database. */
class StatusBoardTest {

    private final MovableClock clock = new MovableClock("2026-11-30T10:00:00Z");
    private final AtomicInteger looks = new AtomicInteger();

    private StatusBoard board(Backlogs backlogs) {
        return new StatusBoard(List.of(backlogs), clock.withZone(ZoneOffset.UTC));
    }

    @Test
    void however_many_ask_at_once_the_database_is_asked_once_in_ten_seconds() throws Exception {
        var answer = new CountDownLatch(1);
        var board =
                board(now -> {
                    looks.incrementAndGet();
                    await(answer);
                    return new Backlog("stripe", 0, 0, 0, null);
                });
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<Board>>();
            for (int i = 0; i < 40; i++) {
                asked.add(askers.submit(board::now));
            }
            answer.countDown();
            for (var each : asked) {
                assertThat(each.get().level()).isEqualTo(Level.OK);
            }
        }
        assertThat(looks).hasValue(1);
        clock.moveTo("2026-11-30T10:00:09Z");
        board.now();
        assertThat(looks).hasValue(1);
        clock.moveTo("2026-11-30T10:00:10Z");
        board.now();
        assertThat(looks).hasValue(2);
    }

    @Test
    void a_database_that_is_silent_is_not_asked_again_while_it_is() {
        var never = new CountDownLatch(1);
        var board =
                board(now -> {
                    looks.incrementAndGet();
                    await(never);
                    return new Backlog("stripe", 0, 0, 0, null);
                });
        assertThat(board.now().databaseAnswers()).isFalse();
        clock.moveTo("2026-11-30T10:01:00Z");
        var still = board.now();
        assertThat(still.databaseAnswers()).isFalse();
        assertThat(still.services())
                .allSatisfy(each ->
                        assertThat(each.since()).isEqualTo(Instant.parse("2026-11-30T10:00:00Z")));
        assertThat(looks).hasValue(1);
        never.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
