package com.comptappart.mail;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails are sent, {@code COMPTAPPART_MAIL_*}.
 *
 * @param from the sender, {@code a@b.example} or {@code Name <a@b.example>}
 * @param stagingRecipient gets the staging mails in the buyers' place; empty: they are only kept
 * @param connections how many connections to the mail server a node keeps at most
 * @param retryDelays how long a mail waits after each failed attempt; the last one repeats
 */
@ConfigurationProperties("comptappart.mail")
record MailSettings(
        @DefaultValue("") String from,
        @DefaultValue("") String stagingRecipient,
        @DefaultValue("4") int connections,
        @DefaultValue({"1m", "2m", "5m", "10m", "30m", "1h"}) List<Duration> retryDelays) {

    MailSettings {
        from = from.strip();
        stagingRecipient = stagingRecipient.strip();
        if (!stagingRecipient.isEmpty() && Addresses.fault(stagingRecipient).isPresent()) {
            throw new IllegalArgumentException(
                    "COMPTAPPART_MAIL_STAGINGRECIPIENT must be one mail address, such as test@partner.example");
        }
        if (connections < 1 || connections > 64) {
            throw new IllegalArgumentException(
                    "COMPTAPPART_MAIL_CONNECTIONS must be 1 to 64, not " + connections);
        }
        retryDelays = List.copyOf(retryDelays);
        if (retryDelays.isEmpty() || retryDelays.stream().anyMatch(each -> !each.isPositive())) {
            throw new IllegalArgumentException(
                    "COMPTAPPART_MAIL_RETRYDELAYS must be durations above zero, such as 1m,5m,1h");
        }
    }

    Duration shortestDelay() {
        return Collections.min(retryDelays);
    }

    /** The wait after that many earlier attempts and one more that failed. */
    Duration delayAfter(int earlierAttempts) {
        return retryDelays.get(Math.min(earlierAttempts, retryDelays.size() - 1));
    }
}
