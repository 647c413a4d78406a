package com.comptappart.stripe;

import com.comptappart.kernel.Environment;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys and secrets of both modes, {@code COMPTAPPART_STRIPE_*}.
 *
 * @param apiBase where Stripe's API is; another base for the sandbox
 */
@ConfigurationProperties("comptappart.stripe")
record StripeProperties(
        @DefaultValue Mode staging,
        @DefaultValue Mode production,
        @DefaultValue("https://api.stripe.com") String apiBase) {

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
