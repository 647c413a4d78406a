package com.comptappart;

import static com.comptappart.testing.HubForTests.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.Purchases;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command beside a hub that works, with the hub's own configuration. */
class VerifyCommandTest {

    @Test
    void verify_ends_with_0_while_everything_holds_and_with_1_once_an_amount_is_changed() {
        try (var hub = new HubForTests().withProduction().start()) {
            hub.stripeEvent(
                    Purchases.event("one", "", true),
                    HubForTests.LIVE_STRIPE_SECRET,
                    Instant.now());
            eventually(() -> numbers(hub), 1);

            assertThat(VerifyCommand.run(hub.arguments())).isZero();

            change(hub, "+");
            assertThat(VerifyCommand.run(hub.arguments())).isEqualTo(1);
            change(hub, "-");
            assertThat(VerifyCommand.run(hub.arguments())).isZero();
        }
    }

    /** As a superuser would, past the database's own guards. */
    private static void change(HubForTests hub, String sign) {
        var jdbc = hub.jdbc();
        jdbc.sql("alter table invoice disable trigger user").update();
        jdbc.sql("update invoice set total_minor = total_minor " + sign + " 1").update();
        jdbc.sql("alter table invoice enable trigger user").update();
    }

    private static List<String> numbers(HubForTests hub) {
        return hub.jdbc().sql("select number from invoice").query(String.class).list();
    }
}
