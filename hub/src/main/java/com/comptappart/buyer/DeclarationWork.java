package com.comptappart.buyer;

import com.comptappart.buyer.Declaration.State;
import com.comptappart.kernel.Refused;
import com.comptappart.queue.Work;
import com.comptappart.stripe.StripeUnavailable;
import com.comptappart.stripe.SubscriptionEndings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks Stripe to end the subscriptions whose buyers declared so, or to let them go on. Stripe is
 * asked what the subscription is first, and under the declaration's own key: a worker that dies
 * between Stripe's answer and ours has it asked again, and done once.
 */
@Component
class DeclarationWork implements Work {

    static final String NAME = "buyer";

    private static final Logger LOG = LoggerFactory.getLogger(DeclarationWork.class);

    /** As many as a lease lasts for, were Stripe as slow as it may be. */
    private static final int BATCH = 4;

    private static final List<Duration> DELAYS =
            List.of(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1));

    /** From then on the seller sees that it waits, and why. */
    private static final int SHOWN_AFTER = 3;

    private final DeclarationRows rows;
    private final Declarations declarations;
    private final SubscriptionEndings endings;
    private final Clock clock;

    DeclarationWork(
            DeclarationRows rows,
            Declarations declarations,
            SubscriptionEndings endings,
            Clock clock) {
        this.rows = rows;
        this.declarations = declarations;
        this.endings = endings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int round() {
        var claimed = rows.claim(BATCH);
        claimed.forEach(this::ask);
        return claimed.size();
    }

    private void ask(DeclarationRows.Claimed claimed) {
        var declaration = claimed.declaration();
        try {
            switch (declaration.state()) {
                case ENDING -> end(claimed);
                case RESUMING -> resume(claimed);
                case OPEN, ENDED, RESUMED, HANDLED ->
                        throw new IllegalStateException("nothing to ask for: " + declaration.id());
            }
        } catch (StripeUnavailable e) {
            putOff(claimed, String.valueOf(e.getMessage()), e.retryAfter());
        } catch (Refused refused) {
            LOG.warn(
                    "declaration {} can't be done at Stripe ({}); its seller finds it in what needs attention",
                    declaration.id(),
                    refused.code());
            declarations.settled(claimed, State.OPEN, refused.detail(), declaration.endsAt());
        }
    }

    private void end(DeclarationRows.Claimed claimed) {
        var declaration = claimed.declaration();
        var answered =
                endings.end(
                        Declarations.subscription(declaration),
                        SubscriptionEndings.When.AT_PERIOD_END,
                        declaration.id() + "-end");
        declarations.settled(claimed, State.ENDED, "", end(answered));
    }

    private void resume(DeclarationRows.Claimed claimed) {
        var declaration = claimed.declaration();
        var subscription = Declarations.subscription(declaration);
        try {
            endings.goOn(subscription, declaration.id() + "-back");
            declarations.settled(claimed, State.RESUMED, "", null);
        } catch (Refused refused) {
            if (!refused.code().equals("subscription_ended")) {
                throw refused;
            }
            declarations.settled(claimed, State.ENDED, "", declaration.endsAt());
        }
    }

    /** When the contract ends; now, where Stripe says not even when the period does. */
    private Instant end(SubscriptionEndings.Answered answered) {
        if (answered.endedAt() != null) {
            return answered.endedAt();
        }
        if (answered.cancelAt() != null) {
            return answered.cancelAt();
        }
        return answered.currentPeriodEnd() == null ? clock.instant() : answered.currentPeriodEnd();
    }

    private void putOff(DeclarationRows.Claimed claimed, String reason, @Nullable Duration asked) {
        int attempts = claimed.declaration().attempts();
        var delay = DELAYS.get(Math.min(attempts, DELAYS.size() - 1));
        var wait = asked != null && asked.compareTo(delay) > 0 ? asked : delay;
        rows.putOff(claimed, clock.instant().plus(wait), attempts + 1 >= SHOWN_AFTER ? reason : "");
        LOG.info(
                "declaration {} waits for Stripe; next try in {}",
                claimed.declaration().id(),
                wait);
    }
}
