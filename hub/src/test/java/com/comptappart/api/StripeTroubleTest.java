package com.comptappart.api;

import static com.comptappart.api.JsonForTests.json;
import static com.comptappart.api.JsonForTests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Answer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom Stripe's errors keep from asking. */
class StripeTroubleTest {

    private static final String STRIPE = "/v1/checkout/sessions";
    private static final List<String> KEYS = new ArrayList<>();
    private static StripeStub stripe;
    private static HubForTests hub;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        hub = new HubForTests().asking(stripe).start();
        for (String name : List.of("one", "two", "three", "four")) {
            KEYS.add(PartnersApiTest.key(hub, PartnersApiTest.partner(hub, name), "staging"));
        }
        stripe.product("prod_plain", (String) null);
        stripe.price("price_plain", "prod_plain", 500, null);
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
    }

    @BeforeEach
    void mend() {
        stripe.answeringAgain();
        for (String key : KEYS) {
            HubForTests.eventually(
                    () -> sale(key).statusCode(), code -> code == 201, Duration.ofSeconds(40));
        }
    }

    @Test
    void errors_of_one_partners_calls_are_refused_to_nobody_else() {
        stripe.answering(path -> path.equals(STRIPE) ? Answer.of(500) : null);
        for (int i = 0; i < 6; i++) {
            problem(sale(KEYS.getFirst()), 503);
        }
        int asked = stripe.posts().to(STRIPE).size();
        assertThat(problem(sale(KEYS.getFirst()), 503)).isEqualTo("stripe_unavailable");
        assertThat(stripe.posts().to(STRIPE)).as("its own calls are spared").hasSize(asked);
        stripe.answeringAgain();
        json(sale(KEYS.getLast()), 201);
    }

    @Test
    void errors_of_several_partners_calls_are_an_outage_that_spares_calls() {
        stripe.answering(path -> path.equals(STRIPE) ? Answer.of(500) : null);
        for (String key : KEYS.subList(0, 3)) {
            problem(sale(key), 503);
        }
        int asked = stripe.posts().to(STRIPE).size();
        var spared = sale(KEYS.getLast());
        assertThat(problem(spared, 503)).isEqualTo("stripe_unavailable");
        assertThat(spared.headers().firstValue("Retry-After")).isPresent();
        assertThat(stripe.posts().to(STRIPE)).hasSize(asked);
    }

    @Test
    void an_object_that_another_call_holds_stops_no_other_call() {
        stripe.answering(path ->
                path.equals(STRIPE)
                        ? new Answer(
                                429,
                                Map.of("Retry-After", "30"),
                                "{\"error\":{\"code\":\"lock_timeout\"}}")
                        : null);
        problem(sale(KEYS.getFirst()), 503);
        stripe.answeringAgain();
        json(sale(KEYS.getLast()), 201);
    }

    private static HttpResponse<String> sale(String apiKey) {
        return CheckoutApiTest.post(
                hub,
                apiKey,
                "/v1/checkout-sessions",
                UUID.randomUUID().toString(),
                "{\"price\":\"price_plain\",\"success_url\":\"https://shop.example/thanks\"}");
    }
}
