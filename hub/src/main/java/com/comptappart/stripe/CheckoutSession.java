package com.comptappart.stripe;

import com.comptappart.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session that a buyer can be sent to.
 *
 * @param id {@code cs_…}
 * @param url Stripe's page
 * @param total what it will charge as far as it is known now, tax included
 */
public record CheckoutSession(
        String id, String url, String mode, @Nullable Money total, @Nullable Instant expiresAt) {}
