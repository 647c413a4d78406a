package com.comptappart.order;

import com.comptappart.kernel.Environment;
import com.comptappart.kernel.PartnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe said of a subscription at one moment, for one of the partners whose products are in
 * it.
 *
 * @param account the connected account, empty for our own
 * @param status Stripe's: {@code active}, {@code trialing}, {@code past_due}, …
 * @param currentPeriodEnd of the item whose period ends last; null where Stripe does not say
 * @param cancelAt when it will end, where that is decided
 * @param canceledAt when its end was decided
 * @param buyer null where nothing is known of the buyer
 * @param asOf when Stripe said so
 */
public record SubscriptionState(
        PartnerId partner,
        String account,
        Environment environment,
        String subscriptionId,
        String status,
        @Nullable Instant currentPeriodEnd,
        @Nullable Instant cancelAt,
        @Nullable Instant canceledAt,
        @Nullable Buyer buyer,
        Instant asOf) {

    /** A subscription that ended never begins again: Stripe makes a new one. */
    public boolean isEnded() {
        return isEnd(status);
    }

    /** Whether a status of Stripe's is one in which a subscription stays for ever. */
    public static boolean isEnd(String status) {
        return status.equals("canceled") || status.equals("incomplete_expired");
    }

    /** Whether it replaces what is known: the end beats all, then the later word does. */
    boolean isNewerThan(SubscriptionState known) {
        if (isEnded() != known.isEnded()) {
            return isEnded();
        }
        return asOf.isAfter(known.asOf);
    }

    /** Whether what is known replaces it; neither is older than another of the same second. */
    boolean isOlderThan(SubscriptionState known) {
        return known.isNewerThan(this);
    }
}
