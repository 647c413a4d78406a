package com.comptappart.queue;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.Invariants;
import com.comptappart.testing.DatabaseForTests;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.Purchases;
import com.comptappart.testing.SilentLine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * PostgreSQL's host vanishes: no packet is answered, none refused. The hub's connections are dead
 * and do not know it. It must find out, and work again when the host is back.
 */
@Isolated("its connections give up after two seconds, which a busy machine takes too")
class SilentDatabaseTest {

    @Test
    void a_hub_whose_database_fell_silent_works_again_by_itself_once_it_is_back() throws Exception {
        String database = DatabaseForTests.create();
        try (var line = SilentLine.to(database);
                var hub =
                        new HubForTests()
                                .with("spring.datasource.url", line.by(database))
                                .with(
                                        "spring.datasource.hikari.data-source-properties.socketTimeout",
                                        "2")
                                .with("spring.datasource.hikari.connection-timeout", "2000")
                                .start()) {
            post(hub, "before", 200);
            eventually(() -> orders(hub), count -> count == 1);
            eventually(() -> hears(hub), hears -> hears);

            line.fallSilent();
            long start = System.nanoTime();
            post(hub, "meanwhile", 503);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(15));

            line.speak();
            eventually(
                    () -> hub.stripeEvent(Purchases.event("after", "", false)).statusCode(),
                    status -> status == 200);
            eventually(() -> orders(hub), count -> count == 2);
            // What other nodes say, too: it had been listening to a line that is dead.
            eventually(() -> hears(hub), hears -> hears, Duration.ofSeconds(40));
            // The pool lets go of a connection that died on the silent line when it is used next.
            eventually(() -> holds(hub), holds -> holds);
        }
    }

    private static boolean holds(HubForTests hub) {
        try {
            return hub.bean(Invariants.class).broken().isEmpty();
        } catch (DataAccessResourceFailureException e) {
            return false;
        }
    }

    private static void post(HubForTests hub, String sale, int status) {
        assertThat(hub.stripeEvent(Purchases.event(sale, "", false)).statusCode())
                .isEqualTo(status);
    }

    private static long orders(HubForTests hub) {
        return hub.jdbc().sql("select count(*) from paid_order").query(Long.class).single();
    }

    /** Whether a signal that another node would send arrives before the wait for it is over. */
    private static boolean hears(HubForTests hub) {
        hub.jdbc()
                .sql("select pg_notify('comptappart', 'probe')")
                .query((row, number) -> true)
                .list();
        long start = System.nanoTime();
        try {
            hub.bean(Wake.class).await("probe", Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Duration.ofNanos(System.nanoTime() - start).toMillis() < 1_900;
    }
}
