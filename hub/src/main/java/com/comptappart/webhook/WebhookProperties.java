package com.comptappart.webhook;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How partners are called, {@code COMPTAPPART_WEBHOOK_*}.
 *
 * @param retryDelays from each failed attempt to the next; after the last the notification failed
 * @param timeout the whole call, for endpoints that set none
 * @param allowedNetworks CIDRs that partner URLs may resolve to although private, and be plain HTTP
 * @param trustedCertificates a PEM file of authorities that may sign partners' certificates beside
 *     Java's own; empty for none
 */
@ConfigurationProperties("comptappart.webhook")
record WebhookProperties(
        @DefaultValue({"30s", "2m", "10m", "30m", "1h", "3h", "6h", "12h", "24h", "24h"})
                List<Duration> retryDelays,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("") String trustedCertificates) {

    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);

    WebhookProperties {
        retryDelays = List.copyOf(retryDelays);
        if (retryDelays.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException(
                    "COMPTAPPART_WEBHOOK_RETRYDELAYS: a delay is negative");
        }
        if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "COMPTAPPART_WEBHOOK_TIMEOUT must be over 0 and at most 30s, not " + timeout);
        }
        allowedNetworks =
                allowedNetworks.stream()
                        .map(String::strip)
                        .filter(network -> !network.isEmpty())
                        .toList();
        allowedNetworks.forEach(Network::parse);
    }
}
