package com.comptappart.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import com.comptappart.kernel.Refused;
import com.comptappart.order.SubscriptionState;
import com.comptappart.stripe.SubscriptionEndings.When;
import com.comptappart.testing.HubForTests;
import com.comptappart.testing.StripeStub;
import com.comptappart.testing.StripeStub.Answer;
import com.comptappart.testing.Subscription;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A subscription is ended at Stripe, once, and goes on where that is taken back in time. */
class SubscriptionEndingsTest {

    private static final Instant PERIOD_END = Instant.parse("2027-11-25T10:00:00Z");

    private static StripeStub stripe;
    private static HubForTests hub;
    private static SubscriptionEndings endings;

    @BeforeAll
    static void start() {
        stripe = StripeStub.start();
        hub = new HubForTests().asking(stripe).start();
        endings = hub.bean(SubscriptionEndings.class);
    }

    @AfterAll
    static void stop() {
        hub.close();
        stripe.close();
    }

    @AfterEach
    void mend() {
        stripe.answeringAgain();
    }

    static Stream<String> versions() {
        return Subscription.VERSIONS.stream();
    }

    private static SubscriptionState running(String name, String version) {
        var it = new Subscription(name, version, "loyers");
        stripe.subscription(it.subscription("active", PERIOD_END));
        return new SubscriptionState(
                new PartnerId("part_loyers"),
                "",
                Environment.STAGING,
                it.subscriptionId(),
                "active",
                PERIOD_END,
                null,
                null,
                null,
                Instant.parse("2026-11-25T10:00:00Z"));
    }

    private static SubscriptionState running(String name) {
        return running(name, "2026-07-29.dahlia");
    }

    private static long posts(SubscriptionState to) {
        return stripe.posts().to("/v1/subscriptions/" + to.subscriptionId()).size();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void at_the_end_of_its_period_it_runs_until_then(String version) {
        var it = running("later" + version.replaceAll("[^0-9a-z]", ""), version);
        var answered = endings.end(it, When.AT_PERIOD_END, "key-later-" + version);
        assertThat(answered.isEnded()).isFalse();
        assertThat(answered.cancelAt()).isEqualTo(PERIOD_END);
        assertThat(answered.currentPeriodEnd()).isEqualTo(PERIOD_END);
    }

    @Test
    void an_end_that_is_decided_is_not_asked_for_again() {
        var it = running("decided");
        endings.end(it, When.AT_PERIOD_END, "key-decided-1");
        var again = endings.end(it, When.AT_PERIOD_END, "key-decided-2");
        assertThat(again.cancelAt()).isEqualTo(PERIOD_END);
        assertThat(posts(it)).isEqualTo(1);
    }

    @Test
    void at_once_it_has_ended_and_whoever_comes_second_finds_it_so() {
        var it = running("now");
        assertThat(endings.end(it, When.NOW, "key-now-1").endedAt()).isNotNull();
        assertThat(endings.end(it, When.NOW, "key-now-2").isEnded()).isTrue();
        assertThat(endings.end(it, When.AT_PERIOD_END, "key-now-3").isEnded()).isTrue();
        assertThat(posts(it)).isZero();
    }

    @Test
    void an_end_that_somebody_else_brought_meanwhile_is_no_refusal() {
        var it = running("meanwhile");
        var first = new AtomicBoolean(true);
        endings.end(it, When.NOW, "key-meanwhile-1");
        // Read while it ran; ended by the time that we ask for the end.
        stripe.answering(path ->
                first.getAndSet(false)
                        ? new Answer(200, Map.of(), "{\"id\":\"x\",\"status\":\"active\"}")
                        : null);
        assertThat(endings.end(it, When.NOW, "key-meanwhile-2").isEnded()).isTrue();
    }

    @Test
    void an_end_that_is_still_to_come_is_taken_back_and_may_be_asked_for_again() {
        var it = running("back");
        endings.end(it, When.AT_PERIOD_END, "key-back-1");
        assertThat(endings.goOn(it, "key-back-2").cancelAt()).isNull();
        assertThat(endings.goOn(it, "key-back-2").cancelAt()).isNull();
        assertThat(endings.end(it, When.AT_PERIOD_END, "key-back-3").cancelAt())
                .isEqualTo(PERIOD_END);
    }

    @Test
    void an_end_on_a_day_of_its_own_is_taken_back_too() {
        var it = running("day");
        var object =
                new Subscription("day", "2026-07-29.dahlia", "loyers")
                        .subscription("active", PERIOD_END);
        object.put("cancel_at", 1_800_000_000L).put("cancel_at_period_end", false);
        stripe.subscription(object);
        assertThat(endings.goOn(it, "key-day").cancelAt()).isNull();
        assertThat(stripe.posts().to("/v1/subscriptions/sub_day").getLast().form())
                .containsEntry("cancel_at", "");
    }

    @Test
    void what_has_ended_does_not_come_back() {
        var it = running("gone");
        endings.end(it, When.NOW, "key-gone-1");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> endings.goOn(it, "key-gone-2"))
                .matches(refused -> refused.code().equals("subscription_ended"));
    }

    @Test
    void a_subscription_that_stripe_does_not_know_is_refused() {
        var it = running("lost");
        stripe.forget("subscriptions/sub_lost");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> endings.end(it, When.NOW, "key-lost"))
                .matches(refused -> refused.code().equals("subscription_not_found"));
    }

    @Test
    void silence_of_stripe_is_said_and_the_same_key_may_be_tried_again() {
        var it = running("silence");
        stripe.answering(503);
        assertThatExceptionOfType(StripeUnavailable.class)
                .isThrownBy(() -> endings.end(it, When.AT_PERIOD_END, "key-silence"));
        stripe.answeringAgain();
        assertThat(endings.end(it, When.AT_PERIOD_END, "key-silence").cancelAt())
                .isEqualTo(PERIOD_END);
    }
}
