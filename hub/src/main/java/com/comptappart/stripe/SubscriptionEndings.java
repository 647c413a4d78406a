package com.comptappart.stripe;

import com.comptappart.kernel.Refused;
import com.comptappart.order.SubscriptionState;
import com.comptappart.order.Subscriptions;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Ends a subscription at Stripe, at the end of the period that is paid or at once, and takes back
 * an end that is still to come. Nothing is refunded by it. What we know of the subscription, and
 * what its partner is told, follows from Stripe's event.
 */
@Component
public class SubscriptionEndings {

    private final StripeCalls calls;
    private final StripeApi stripe;
    private final PartnerSource sources;
    private final Subscriptions subscriptions;

    SubscriptionEndings(
            StripeCalls calls,
            StripeApi stripe,
            PartnerSource sources,
            Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
        this.calls = calls;
        this.stripe = stripe;
        this.sources = sources;
    }

    /** Why a subscription can't be ended, or go on, here now. */
    public enum Obstacle {
        NO_KEY,
        ENDED,
        /** It has products of several partners. */
        SHARED
    }

    /** Empty where it can; whether one partner may decide for others is not asked of the buyer. */
    public Optional<Obstacle> obstacle(SubscriptionState subscription) {
        if (subscription.isEnded()) {
            return Optional.of(Obstacle.ENDED);
        }
        if (!calls.canAsk(subscription.environment())) {
            return Optional.of(Obstacle.NO_KEY);
        }
        return isShared(subscription) ? Optional.of(Obstacle.SHARED) : Optional.empty();
    }

    private boolean isShared(SubscriptionState of) {
        return subscriptions.known(of.account(), of.environment(), of.subscriptionId()).size() > 1;
    }

    /** When it is to end. */
    public enum When {
        /** The buyer keeps what is paid for. */
        AT_PERIOD_END,
        /** What is left of the period is lost to the buyer. */
        NOW
    }

    /**
     * A subscription as Stripe answered.
     *
     * @param status in Stripe's word
     * @param currentPeriodEnd of the item whose period ends last; null where Stripe does not say
     * @param cancelAt when it will end, where that is decided
     * @param endedAt when it ended, null while it runs
     */
    public record Answered(
            String status,
            @Nullable Instant currentPeriodEnd,
            @Nullable Instant cancelAt,
            @Nullable Instant endedAt) {

        /** An end is final: Stripe makes a new subscription. */
        public boolean isEnded() {
            return SubscriptionState.isEnd(status);
        }
    }

    /**
     * Ends it; an end that is decided or done already is answered as it is. Asked again under the
     * same key it is done once.
     *
     * @param subscription whose: what it is, Stripe is asked for first
     * @param stripeKey of this wish: wished again after it was taken back, it is another
     * @throws Refused when Stripe does not know it or refuses
     * @throws StripeUnavailable when Stripe does not answer: whether it ends is not known
     */
    public Answered end(SubscriptionState subscription, When when, String stripeKey) {
        return PartnerSource.asking(() -> {
            var source = source(subscription);
            var now = required(source, subscription);
            if (answered(now).isEnded() || (when == When.AT_PERIOD_END && endsWithPeriod(now))) {
                return answered(now);
            }
            return switch (when) {
                case AT_PERIOD_END ->
                        change(
                                source,
                                subscription,
                                new StripeForm().with("cancel_at_period_end", "true"),
                                stripeKey);
                case NOW -> endNow(source, subscription);
            };
        });
    }

    /** Stripe takes no key here, and refuses what has ended: whoever came second finds it so. */
    private Answered endNow(Source source, SubscriptionState subscription) {
        try {
            return answered(calls.delete(source, path(subscription)));
        } catch (Refused refused) {
            var now = answered(required(source, subscription));
            if (now.isEnded()) {
                return now;
            }
            throw refused;
        }
    }

    /**
     * Takes back an end that is still to come.
     *
     * @throws Refused when it has ended, Stripe does not know it or refuses
     * @throws StripeUnavailable when Stripe does not answer: whether it goes on is not known
     */
    public Answered goOn(SubscriptionState subscription, String stripeKey) {
        return PartnerSource.asking(() -> {
            var source = source(subscription);
            var now = required(source, subscription);
            if (answered(now).isEnded()) {
                throw Refused.conflict(
                        "subscription_ended",
                        "the subscription has ended; Stripe can't bring it back");
            }
            if (endsWithPeriod(now)) {
                return change(
                        source,
                        subscription,
                        new StripeForm().with("cancel_at_period_end", "false"),
                        stripeKey);
            }
            if (answered(now).cancelAt() == null) {
                return answered(now);
            }
            return change(source, subscription, new StripeForm().with("cancel_at", ""), stripeKey);
        });
    }

    /**
     * A subscription as Stripe says now; empty where Stripe knows none.
     *
     * @throws StripeUnavailable when Stripe does not answer
     */
    public Optional<Answered> now(SubscriptionState subscription) {
        return PartnerSource.asking(() ->
                stripe.subscription(source(subscription), subscription.subscriptionId())
                        .map(SubscriptionEndings::answered));
    }

    private Answered change(
            Source source, SubscriptionState subscription, StripeForm form, String stripeKey) {
        return answered(calls.post(source, path(subscription), form, stripeKey));
    }

    private JsonNode required(Source source, SubscriptionState subscription) {
        return stripe.subscription(source, subscription.subscriptionId())
                .orElseThrow(() ->
                        Refused.notFound(
                                "subscription_not_found",
                                "Stripe knows no subscription " + subscription.subscriptionId()));
    }

    private Source source(SubscriptionState of) {
        return sources.of(of.partner(), of.environment(), of.account());
    }

    private static String path(SubscriptionState of) {
        return "/v1/subscriptions/" + StripePath.encode(of.subscriptionId());
    }

    private static boolean endsWithPeriod(JsonNode subscription) {
        return subscription.path("cancel_at_period_end").asBoolean(false);
    }

    private static Answered answered(JsonNode subscription) {
        return new Answered(
                SessionFields.required(subscription, "status"),
                SubscriptionReader.periodEnd(subscription),
                SessionFields.moment(subscription.path("cancel_at")),
                SessionFields.moment(subscription.path("ended_at")));
    }
}
