package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.Misconfigured;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys and secrets of both modes, {@code COMPTAPPART_STRIPE_*}.
 *
 * @param apiBase where Stripe's API is; another base for the sandbox
 * @param requestsPerSecond how many calls this node begins in a second for each endpoint and
 *     account; Stripe allows 25, which several nodes have to share
 * @param catchUpEvery how often Stripe is asked for events that did not come; zero for never
 * @param reconciliationHour when, in Paris, Stripe's objects are compared with ours; -1 for never
 * @param statementEvery how often Stripe's balance transactions are read where no event says that
 *     something moved; zero for never
 */
@ConfigurationProperties("comptappart.stripe")
record StripeProperties(
        @DefaultValue Mode staging,
        @DefaultValue Mode production,
        @DefaultValue("https://api.stripe.com") String apiBase,
        @DefaultValue("25") int requestsPerSecond,
        @DefaultValue("10m") Duration catchUpEvery,
        @DefaultValue("3") int reconciliationHour,
        @DefaultValue("15m") Duration statementEvery) {

    StripeProperties {
        if (requestsPerSecond < 1 || requestsPerSecond > 100_000) {
            throw new Misconfigured(
                    "COMPTAPPART_STRIPE_REQUESTSPERSECOND: a number from 1 to 100000");
        }
        if (reconciliationHour < -1 || reconciliationHour > 23) {
            throw new Misconfigured(
                    "COMPTAPPART_STRIPE_RECONCILIATIONHOUR: an hour from 0 to 23, or -1 for never");
        }
    }

    /** One mode; several secrets while one rotates. */
    record Mode(@DefaultValue("") String apiKey, @DefaultValue List<String> webhookSecrets) {
        Mode {
            webhookSecrets =
                    webhookSecrets.stream()
                            .map(String::strip)
                            .filter(secret -> !secret.isEmpty())
                            .toList();
        }
    }

    Mode of(Environment environment) {
        return environment.livemode() ? production : staging;
    }
}
